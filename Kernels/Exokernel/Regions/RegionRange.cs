namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>Bytes of a frame.</summary>
public readonly record struct RegionRange(long Frame, int OffsetBytes, int LengthBytes);
