namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>What came of a revocation.</summary>
internal enum RevocationOutcome : byte
{
    /// <summary>It is under way.</summary>
    Pending,

    /// <summary>Everything was returned by the deadline.</summary>
    Returned,

    /// <summary>Everything was returned after the deadline, before force.</summary>
    ReturnedLate,

    /// <summary>What was missing was taken by force.</summary>
    Forced,
}
