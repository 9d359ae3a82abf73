namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>How far the dialogue of a revocation has got.</summary>
internal enum RevocationStage : byte
{
    /// <summary>«Please return.» The environment has until the deadline.</summary>
    Asked,

    /// <summary>«Return within so much time.» What comes back now is late.</summary>
    Imperative,
}
