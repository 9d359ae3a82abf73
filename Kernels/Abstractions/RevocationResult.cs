namespace Disguise.Kernels.Abstractions;

/// <summary>What came of a revocation.</summary>
public enum RevocationResult : byte
{
    /// <summary>The tenant returned it in time.</summary>
    Returned,

    /// <summary>The tenant returned it after the deadline, before force was used.</summary>
    ReturnedLate,

    /// <summary>It was taken by force.</summary>
    Forced,

    /// <summary>The kernel refuses to take it.</summary>
    Refused,

    /// <summary>The tenant has none of it.</summary>
    NotApplicable,
}
