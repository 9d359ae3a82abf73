namespace Disguise.Host.Commands;

/// <summary>What <c>check</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="Files">Experiment files, one at least.</param>
public sealed record CheckOptions(CommonOptions Common, IReadOnlyList<string> Files);
