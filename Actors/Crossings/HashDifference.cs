namespace Disguise.Actors.Crossings;

/// <summary>Where two runs first differ.</summary>
/// <param name="FromPs">Up to this virtual time the runs are equal.</param>
/// <param name="ToPs">Before this virtual time they differ.</param>
public readonly record struct HashDifference(long FromPs, long ToPs);
