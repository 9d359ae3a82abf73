namespace Disguise.Host.Experiments;

/// <summary>Racks with a leaf switch each, joined by spines.</summary>
/// <param name="Racks">Number of racks.</param>
/// <param name="Spines">Number of spine switches.</param>
/// <param name="Uplink">Each link from a leaf to a spine.</param>
public sealed record LeafSpineTopology(int Racks, int Spines, LinkQuality Uplink);
