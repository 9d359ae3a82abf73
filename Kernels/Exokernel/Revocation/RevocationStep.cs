namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>What the kernel has to do when the time of a revocation has come.</summary>
internal enum RevocationStep : byte
{
    /// <summary>Nothing: it has been answered, or its time has not come.</summary>
    None,

    /// <summary>Tell the environment that the request is imperative now.</summary>
    Insist,

    /// <summary>Take by force what is missing.</summary>
    Force,
}
