using Disguise.Actors.Execution;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Ipc;

namespace Disguise.Host.Tests.Attacks;

/// <summary>An echo with a secret in its memory; its capability leaks.</summary>
internal sealed class Keeper(ushort port, byte[] secret) : IApplication
{
    public static ulong SecretAddress =>
        ((ulong)DomainPages.FirstFreePage << 12) + 3_072;

    public ushort ServicePort => port;

    /// <summary>The capability by which it calls its server.</summary>
    public Handle Leaked { get; private set; }

    public async EmulatedTask Run(ApplicationHost host)
    {
        Leaked = ((ServerSocket)host.Socket).Server;
        host.Memory.Write(SecretAddress, secret);
        await host.Listen(port);
        while (await host.Socket.Receive())
            await host.Socket.Reply();
    }
}
