using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>Sends every UDP datagram back to its sender.</summary>
/// <param name="port">UDP port that it listens on.</param>
/// <param name="workPs">Processor time spent on each datagram.</param>
public sealed class UdpEcho(ushort port, long workPs) : IApplication
{
    /// <inheritdoc/>
    public ushort ServicePort => port;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        while (await host.Socket.Receive())
        {
            if (workPs > 0)
                host.Work(workPs);
            await host.Socket.Reply();
        }
    }
}
