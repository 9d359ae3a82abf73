namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>What a critical section holds back. The values are those in the area's word.</summary>
[Flags]
public enum SoftwareInterrupts : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The end of the slice.</summary>
    SliceEnd = 1,

    /// <summary>A request to give something back.</summary>
    Revocation = 4,
}
