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

    /// <summary>
    /// A call of the control plane, which belongs to no request: a tenant sets itself up or gives
    /// something back. The machine's observer is told of each (<c>control_plane.calls</c>).
    /// </summary>
    ControlPlane,

    /// <summary>A context begins or ends, or a device reports a fault of its own.</summary>
    LifeOrFault,
}
