namespace Disguise.Host.Experiments;

/// <summary>One setting that a sweep varies.</summary>
/// <param name="Path">Its key path, as <c>--set</c> takes it.</param>
/// <param name="Values">Its values, as <c>--set</c> takes them; each has been checked.</param>
public sealed record SweepAxis(string Path, IReadOnlyList<string> Values);
