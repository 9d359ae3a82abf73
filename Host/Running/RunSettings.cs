namespace Disguise.Host.Running;

/// <summary>How a run is made; nothing here changes its hash.</summary>
internal sealed record RunSettings
{
    public int Threads { get; init; } = 1;

    /// <summary>No progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>No notes on what this architecture does not have.</summary>
    public bool WithoutNotes { get; init; }

    /// <summary>Where the trace goes; null for none.</summary>
    public string? TracePath { get; init; }

    /// <summary>Where captured frames go; null for none.</summary>
    public string? PacketsPath { get; init; }

    /// <summary>Keep the crossings of this stretch of virtual time, from and until.</summary>
    public (long FromPs, long UntilPs)? WatchedInterval { get; init; }

    /// <summary>Wall time without progress line at first; null for two seconds.</summary>
    public TimeSpan? ProgressSilence { get; init; }

    public int WindowDivisor { get; init; } = 1;

    public ulong? ShuffleSeed { get; init; }
}
