using System.Runtime.CompilerServices;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Cores;

/// <summary>Waits, spinning, until a line of memory is written.</summary>
public readonly struct PollAwaiter : ICriticalNotifyCompletion
{
    private readonly CpuContext context;
    private readonly PhysicalMemory memory;
    private readonly long physicalAddress;
    private readonly long untilPs;

    internal PollAwaiter(
        CpuContext context, PhysicalMemory memory, long physicalAddress, long untilPs)
    {
        this.context = context;
        this.memory = memory;
        this.physicalAddress = physicalAddress;
        this.untilPs = untilPs;
    }

    /// <summary>Never: the context has looked just now.</summary>
    public bool IsCompleted => false;

    /// <summary>For <c>await</c>.</summary>
    public PollAwaiter GetAwaiter() => this;

    /// <summary>Nothing: the context looks again itself.</summary>
    public void GetResult()
    {
    }

    /// <inheritdoc/>
    public void OnCompleted(Action next) =>
        context.SuspendForPoll(next, memory, physicalAddress, untilPs);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action next) => OnCompleted(next);
}
