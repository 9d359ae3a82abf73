namespace Disguise.Host.Commands;

/// <summary>What <c>run</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="File">The experiment file.</param>
/// <param name="Architectures">Names with commas; null for the first that the file names.</param>
/// <param name="Nodes">Local processes; null for this one alone.</param>
public sealed record RunOptions(
    CommonOptions Common,
    string File,
    string? Architectures,
    int? Nodes
);
