namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>An entry of a repossession vector: what was taken by force.</summary>
/// <param name="Resource">Of which kind.</param>
/// <param name="Name">Its physical name: the number of a frame, of a slice.</param>
/// <param name="Backing">Where its state was written, or -1 when it is lost.</param>
/// <param name="AtPs">When.</param>
public readonly record struct Repossession(
    RevocableResource Resource, long Name, long Backing, long AtPs)
{
    /// <summary>No backing resource.</summary>
    public const long NoBacking = -1;
}
