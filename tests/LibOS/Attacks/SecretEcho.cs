using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Tests.Attacks;

/// <summary>A UDP echo that keeps a secret in its memory.</summary>
internal sealed class SecretEcho(Func<DomainMemory> memory, ulong address, byte[] secret)
    : IApplication
{
    public const ushort Port = 7;

    public ushort ServicePort => Port;

    public async EmulatedTask Run(ApplicationHost host)
    {
        memory().Write(address, secret);
        await host.Listen(Port);
        while (await host.Socket.Receive())
            await host.Socket.Reply();
    }
}
