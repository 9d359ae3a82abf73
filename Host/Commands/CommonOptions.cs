using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Commands;

/// <summary>The options that every verb takes.</summary>
public sealed record CommonOptions
{
    /// <summary>Most threads that can be asked for.</summary>
    public const int MostThreads = 1_024;

    /// <summary>Folder for the run; null for <c>runs/NAME-SEED</c>.</summary>
    public string? Out { get; init; }

    /// <summary>The seed instead of the file's; null for the file's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Threads, the first of several; null for as many as help, one a core at most.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Assignments <c>path=value</c>, in their order.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>No progress and no notes.</summary>
    public bool Quiet { get; init; }

    /// <summary>Where frames are captured, beside what the file records.</summary>
    public IReadOnlyList<Address> Pcap { get; init; } = [];

    /// <summary>Whether every crossing is written, whatever the file says.</summary>
    public bool Trace { get; init; }

    /// <summary>
    /// Where events are kept: <c>none</c>, <c>sqlite</c>, <c>postgresql:...</c>; or null.
    /// </summary>
    public string? Journal { get; init; }

    /// <summary>The result on standard output, as JSON, and nothing else.</summary>
    public bool Json { get; init; }

    /// <summary>The verb and its arguments as typed, for the line that repeats the run.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What these options change in an experiment file.</summary>
    /// <param name="architectures">The value of <c>--architecture</c>; null if not given.</param>
    public IReadOnlyList<Override> Overrides(string? architectures = null)
    {
        List<Override> overrides = [.. Set.Select(Override.Set)];
        if (Seed is { } seed)
            overrides.Add(Override.Seed(seed));
        if (architectures is not null)
            overrides.Add(Override.Architectures(architectures));
        if (Trace)
            overrides.Add(new Override("record.trace", "true", "--trace"));
        return overrides;
    }
}
