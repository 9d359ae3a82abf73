namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>The number of a region. That of one that is gone is never given again.</summary>
public readonly record struct RegionId(int Slot, uint Generation)
{
    /// <summary>Both in one word, as a call gives and a register carries them.</summary>
    public long Word => ((long)Generation << 32) | (uint)Slot;

    /// <summary>The number that a word holds.</summary>
    public static RegionId Of(long word) => new((int)word, (uint)(word >> 32));
}
