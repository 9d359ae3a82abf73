namespace Disguise.Kernels.Microkernel.Threads;

/// <summary>
/// Where a thread is.
/// <code>
///   Ready:         dispatched to Running
///   Running:       preempted, yields, or switches to whom it has woken: to Ready;
///                  sends and nobody waits: to Sending; calls and is heard: to AwaitingReply;
///                  waits and nothing is there: to Receiving
///   Sending:       received: to Ready, or to AwaitingReply where it calls; cut off: to Ready
///   Receiving:     message, notification, time: to Ready
///   AwaitingReply: answered or cut off: to Ready
///   any:           its domain ends, or it exits: to Ended
/// </code>
/// </summary>
internal enum ThreadStatus : byte
{
    /// <summary>Could run.</summary>
    Ready,

    /// <summary>Has its core.</summary>
    Running,

    /// <summary>Waits at an endpoint until somebody receives.</summary>
    Sending,

    /// <summary>Waits at an endpoint for a message.</summary>
    Receiving,

    /// <summary>Has called and waits for the answer.</summary>
    AwaitingReply,

    /// <summary>Has ended.</summary>
    Ended,
}
