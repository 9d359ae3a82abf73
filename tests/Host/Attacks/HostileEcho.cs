using Disguise.Actors.Execution;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Ipc;

namespace Disguise.Host.Tests.Attacks;

/// <summary>
/// A tenant that attacks when its first datagram has come, with what a tenant holds: its thread,
/// its memory, its capability. What the kernel and the servers say to it is kept.
/// </summary>
internal sealed class HostileEcho(ushort port, Func<HostileEcho, EmulatedTask> attack)
    : IApplication
{
    public const int BufferBytes = 2_048;

    public ushort ServicePort => port;

    public ApplicationHost Host { get; private set; } = null!;

    public ServerSocket Socket => (ServerSocket)Host.Socket;

    public UserThread Thread => Socket.Thread;

    public ThreadRegisters Registers => Thread.Registers;

    /// <summary>How its calls ended.</summary>
    public List<KernelResult> Results { get; } = [];

    /// <summary>The first words of what came back.</summary>
    public List<ulong> Answers { get; } = [];

    /// <summary>What it got to read.</summary>
    public List<byte[]> Loot { get; } = [];

    /// <summary>Its own memory: where it sends from and receives to.</summary>
    public static ulong OwnAddress => Keeper.SecretAddress - 3_072;

    public async EmulatedTask Run(ApplicationHost host)
    {
        Host = host;
        await host.Listen(port);
        await host.Socket.Receive();
        await attack(this);
        while (await host.Socket.Receive())
            await host.Socket.Reply();
    }

    /// <summary>Keeps how a call ended, and what came back.</summary>
    public void Keep(KernelResult result)
    {
        Results.Add(result);
        Answers.Add(result == KernelResult.Done && Registers.WordCount > 0
            ? Registers[0] : ulong.MaxValue);
    }

    /// <summary>Keeps some bytes of its memory.</summary>
    public void KeepBytes(ulong address, int length)
    {
        var bytes = new byte[length];
        Host.Memory.Read(address, bytes);
        Loot.Add(bytes);
    }
}
