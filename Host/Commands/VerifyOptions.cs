namespace Disguise.Host.Commands;

/// <summary>What <c>verify</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="File">The experiment file.</param>
/// <param name="Architectures">Names with commas; null for the first that the file names.</param>
/// <param name="Threads">Numbers of threads to compare.</param>
/// <param name="Nodes">Numbers of processes to compare.</param>
public sealed record VerifyOptions(
    CommonOptions Common,
    string File,
    string? Architectures,
    IReadOnlyList<int> Threads,
    IReadOnlyList<int> Nodes
);
