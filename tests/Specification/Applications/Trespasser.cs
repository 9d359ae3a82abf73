using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;

namespace Disguise.Specification.Applications;

/// <summary>An echo that reads, at its first datagram, where nothing of its own is.</summary>
internal sealed class Trespasser(ushort port, ulong address) : IApplication
{
    public ushort ServicePort => port;

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        while (await host.Socket.Receive())
        {
            host.Memory.ReadUInt32(address);
            await host.Socket.Reply();
        }
    }
}
