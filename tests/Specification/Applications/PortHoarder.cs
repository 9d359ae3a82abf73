using Disguise.Actors.Execution;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Applications;

namespace Disguise.Specification.Applications;

/// <summary>
/// Binds its port, then asks again for ports that it cannot have until it is refused, then echoes.
/// </summary>
/// <param name="port">The port of its service.</param>
/// <param name="wanted">Which port it asks for at each attempt, from 0 on.</param>
/// <param name="attempts">Most attempts.</param>
internal sealed class PortHoarder(ushort port, Func<int, ushort> wanted, int attempts)
    : IApplication
{
    public ushort ServicePort => port;

    /// <summary>The first answer that was no; null when there was none.</summary>
    public BindResult? Refusal { get; private set; }

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        for (var attempt = 0; attempt < attempts && Refusal is null; attempt++)
        {
            var result = await host.Socket.Bind(wanted(attempt));
            if (result != BindResult.Bound)
                Refusal = result;
        }

        while (await host.Socket.Receive())
            await host.Socket.Reply();
    }
}
