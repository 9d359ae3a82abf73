using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Commands;

/// <summary>What <c>inspect</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="What">One of <see cref="Subjects"/>.</param>
/// <param name="Source">An experiment file, or a run's folder.</param>
/// <param name="Architecture">The architecture; null for the first that the file names.</param>
/// <param name="AtPs">When, from the start of measuring; null for its end.</param>
/// <param name="Target">Of what; null for everything.</param>
public sealed record InspectOptions(
    CommonOptions Common,
    string What,
    string Source,
    string? Architecture,
    long? AtPs,
    Address? Target
)
{
    /// <summary>What can be inspected.</summary>
    public static readonly IReadOnlyList<string> Subjects =
    [
        "actors",
        "pci",
        "capabilities",
        "bindings",
        "tlb",
        "rings",
        "display",
        "journal",
    ];
}
