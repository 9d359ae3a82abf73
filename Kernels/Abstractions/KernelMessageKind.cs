namespace Disguise.Kernels.Abstractions;

/// <summary>What a message to a kernel is about, for the counts of a result.</summary>
public enum KernelMessageKind : byte
{
    /// <summary>Between a frame's arrival and its reply.</summary>
    DataPath,

    /// <summary>Who runs: waiting, yielding, wake-ups and slice ends that move no data.</summary>
    Scheduling,

    /// <summary>An order of the operator or of the set-up.</summary>
    Operator,

    /// <summary>A context begins or ends, or a device reports a fault of its own.</summary>
    LifeOrFault,
}
