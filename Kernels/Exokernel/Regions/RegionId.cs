namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>The number of a region. That of one that is gone is never given again.</summary>
public readonly record struct RegionId(int Slot, uint Generation);
