using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Experiments;

/// <summary>What a run writes beside its result.</summary>
/// <param name="Packets">Links, NICs and VFs whose frames are captured.</param>
/// <param name="Trace">Whether every crossing is written to a trace.</param>
public sealed record Recording(IReadOnlyList<Thing> Packets, bool Trace)
{
    /// <summary>Most places at which frames are captured.</summary>
    public const int MostPoints = 65_536;
}
