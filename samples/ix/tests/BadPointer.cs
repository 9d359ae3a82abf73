using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;

namespace Ix.Tests;

/// <summary>Has the dataplane send from where nothing of the application's is.</summary>
internal sealed class BadPointer : IApplication
{
    public ushort ServicePort => 7;

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(7);
        var socket = (IxSocket)host.Socket;
        ulong[] addresses = [0, 0x100_000, 0x201_000, 0x7EAD_BEEF_F000, ulong.MaxValue];
        while (await socket.Receive())
        {
            foreach (var address in addresses)
            {
                if (await socket.SendFrom(address, 64) != IxStatus.BadPointer)
                    return;
            }

            await socket.Reply();
        }
    }
}
