namespace Disguise.Hardware.Nic;

/// <summary>Why a function ignores a write to a register. Each is counted.</summary>
public enum RegisterRefusal
{
    /// <summary>There is no such register, or it cannot be written.</summary>
    UnknownRegister,

    /// <summary>The function has no such queue.</summary>
    NoSuchQueue,

    /// <summary>Head or tail outside the ring (guard <c>ring-index</c>).</summary>
    RingIndex,

    /// <summary>Not a multiple of 128 bytes, or longer than a ring may be.</summary>
    RingLength,

    /// <summary>A register that cannot change while its queue is enabled.</summary>
    QueueEnabled,

    /// <summary>A queue cannot be enabled without a ring in the advanced format.</summary>
    QueueNotReady,
}
