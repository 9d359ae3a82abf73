using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Sweeps;

/// <summary>
/// One run of a sweep: what the journal keeps and what a line of <c>sweep.csv</c> says. A value
/// that was not measured is null.
/// </summary>
public sealed record SweepRow
{
    /// <summary>Number of the point, from 0.</summary>
    public required int Point { get; init; }

    /// <summary>The architecture's name.</summary>
    public required string Architecture { get; init; }

    /// <summary>Number of the repeat, from 0.</summary>
    public required int Repeat { get; init; }

    /// <summary>The seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The interface that applications had.</summary>
    public string? Interface { get; init; }

    /// <summary>Operations that clients saw complete.</summary>
    public long? Operations { get; init; }

    /// <summary>Operations a second of virtual time.</summary>
    public double? OperationsPerSecond { get; init; }

    /// <summary>Operations a second that clients tried to send.</summary>
    public double? OfferedPerSecond { get; init; }

    /// <summary>Latency, microseconds.</summary>
    public LatencySummary LatencyUs { get; init; } = LatencySummary.NotMeasured;

    /// <summary>Mean number of cores that did not idle.</summary>
    public double? CoresBusy { get; init; }

    /// <summary>Protection crossings an operation.</summary>
    public double? CrossingsPerOperation { get; init; }

    /// <summary>Violations that the referees found.</summary>
    public long Violations { get; init; }

    /// <summary>Tenants that were refused and never served.</summary>
    public int NotServed { get; init; }

    /// <summary>The run hash, 64 hexadecimal digits.</summary>
    public string? Hash { get; init; }

    /// <summary>The row of a run.</summary>
    internal static SweepRow Of(int point, int repeat, ulong seed, RunOutcome outcome)
    {
        var run = outcome.Result;
        return new SweepRow
        {
            Point = point,
            Architecture = run.Architecture,
            Repeat = repeat,
            Seed = seed,
            Interface = run.Interface,
            Operations = run.Operations,
            OperationsPerSecond = run.OperationsPerSecond,
            OfferedPerSecond = run.OfferedPerSecond,
            LatencyUs = run.LatencyUs,
            CoresBusy = run.CoresBusy,
            CrossingsPerOperation = run.CrossingsPerOperation is { } crossings
                ? ResultText.Occurred(crossings, OpenCounts.TotalKey) : null,
            Violations = run.Referees.Sum(referee => referee.Violations),
            NotServed = outcome.Failures.Count,
            Hash = run.Hash,
        };
    }
}
