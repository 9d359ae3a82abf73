using Disguise.Hardware.Nic;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>One shard of the fuzz; everything else is drawn from the seed.</summary>
internal sealed record FuzzOptions(ulong Seed, long Frames)
{
    public NicModel Model { get; init; } = NicModel.Ideal;

    /// <summary>Cards that a core emulates: with them there is a virtual function for only
    /// two tenants.</summary>
    public int SoftwareCards { get; init; }

    /// <summary>Mean time between two frames.</summary>
    public long MeanPs { get; init; } = 700_000;
}
