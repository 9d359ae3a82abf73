using Disguise.Actors.Execution;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.SystemCalls;

namespace Disguise.Host.Tests.Specifications;

/// <summary>
/// An echo that, before each answer, has the kernel send from where nothing of the process' is;
/// it ends its service where the kernel says anything else than EFAULT.
/// </summary>
internal sealed class BadPointerEcho(ushort port) : IApplication
{
    private static readonly ulong[] Addresses =
        [0, 0x7EAD_BEEF_F000, 0xFFFF_8880_0000_0000, ulong.MaxValue - 63];

    public ushort ServicePort => port;

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        var sockets = ((SystemCallSocket)host.Socket).Sockets;
        var other = await sockets.Socket();
        while (await host.Socket.Receive())
        {
            var peer = sockets.Peer;
            var receivedBytes = sockets.ReceivedBytes;
            foreach (var address in Addresses)
            {
                await sockets.SendTo(other, address, 64, peer);
                if (sockets.Error != ErrorNumber.BadAddress)
                    return;
            }

            if (sockets.ReceivedBytes != receivedBytes)
                return;
            await host.Socket.Reply();
        }
    }
}
