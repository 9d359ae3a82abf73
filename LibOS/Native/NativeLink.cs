using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Native;

/// <summary>
/// What the parts of a library OS share that receive and send on one queue: the context that runs
/// them, memory, driver and stack.
/// </summary>
public sealed class NativeLink
{
    /// <summary>The context that runs the library.</summary>
    public required CpuContext Context { get; init; }

    /// <summary>The domain's memory.</summary>
    public required DomainMemory Memory { get; init; }

    /// <summary>The driver of the queue.</summary>
    public required QueueDriver Driver { get; init; }

    /// <summary>The protocols on top of it.</summary>
    public required NetworkStack Stack { get; init; }

    /// <summary>How to wait for packets.</summary>
    public required WaitPolicy Wait { get; init; }

    /// <summary>How to sleep until the doorbell rings.</summary>
    public required IDoorbellSleep Sleep { get; init; }

    /// <summary>Charged for each packet in.</summary>
    public required CostKey StackReceive { get; init; }

    /// <summary>Charged for each packet out.</summary>
    public required CostKey StackSend { get; init; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }

    /// <summary>Set where the kernel fills and empties the queue, not a device.</summary>
    public IKernelQueue? Kernel { get; init; }

    /// <summary>Address of the function, for who follows requests.</summary>
    public string Function { get; init; } = "";
}
