using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Commands;

/// <summary>What <c>explain</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="File">The experiment file.</param>
/// <param name="Architectures">Names with commas; null for all that the file names.</param>
/// <param name="Request">Which request, from 1; null for the verb's own choice.</param>
/// <param name="Target">Whose request; null for the first tenant's.</param>
/// <param name="Last">The last request of a published run.</param>
public sealed record ExplainOptions(
    CommonOptions Common,
    string File,
    string? Architectures,
    long? Request,
    Address? Target,
    bool Last
);
