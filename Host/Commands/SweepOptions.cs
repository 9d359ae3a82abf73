namespace Disguise.Host.Commands;

/// <summary>What <c>sweep</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="File">The experiment file.</param>
/// <param name="Architectures">Names with commas; null for all that the file names.</param>
public sealed record SweepOptions(CommonOptions Common, string File, string? Architectures);
