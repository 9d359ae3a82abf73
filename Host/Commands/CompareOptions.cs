namespace Disguise.Host.Commands;

/// <summary>What <c>compare</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="Sources">One experiment file, or folders of finished runs.</param>
/// <param name="Architectures">Names with commas; null for all that the file names.</param>
/// <param name="Baseline">
/// To what the others have ratios: an architecture, or a folder; null for the first.
/// </param>
public sealed record CompareOptions(
    CommonOptions Common,
    IReadOnlyList<string> Sources,
    string? Architectures,
    string? Baseline
);
