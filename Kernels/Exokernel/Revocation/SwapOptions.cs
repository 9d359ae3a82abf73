using Disguise.Actors.Time;

namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>Size and speed of a swap store. The latencies are stated, not measured.</summary>
internal sealed record SwapOptions
{
    /// <summary>Pages that it holds.</summary>
    public int Pages { get; init; } = 1 << 16;

    /// <summary>Most pages of one environment.</summary>
    public int PagesPerEnvironment { get; init; } = 1 << 12;

    /// <summary>Time to write a page, one after the other.</summary>
    public long WritePs { get; init; } = 10 * Picoseconds.PerMicrosecond;

    /// <summary>Time to read a page, one after the other.</summary>
    public long ReadPs { get; init; } = 10 * Picoseconds.PerMicrosecond;
}
