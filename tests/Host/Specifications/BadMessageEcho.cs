using Disguise.Actors.Execution;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Ipc;

namespace Disguise.Host.Tests.Specifications;

/// <summary>
/// An echo that, before each answer, has the kernel move a message from where nothing of the
/// process' is; it ends its service where the kernel says anything else than no.
/// </summary>
internal sealed class BadMessageEcho(ushort port) : IApplication
{
    private static readonly ulong[] Addresses =
        [0, 0x7EAD_BEEF_F000, 0xFFFF_8880_0000_0000, ulong.MaxValue - 63];

    public ushort ServicePort => port;

    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        var socket = (ServerSocket)host.Socket;
        var registers = socket.Thread.Registers;
        while (await host.Socket.Receive())
        {
            foreach (var address in Addresses)
            {
                registers.Begin(ServerLabels.Send);
                registers.Add(socket.Number);
                registers.Add(socket.Endpoints.Hosts.Source.Value);
                registers.Add(socket.Endpoints.SourcePort);
                registers.StringAddress = address;
                registers.StringBytes = 64;
                if (await socket.Thread.Call(socket.Server) != KernelResult.BadBuffer)
                    return;
            }

            await host.Socket.Reply();
        }
    }
}
