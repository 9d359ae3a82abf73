using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>
/// What one command measured: the content of <c>result.json</c>. A value that was not measured is
/// null, never 0.
/// </summary>
public sealed record ExperimentResult
{
    /// <summary>The version of this format that the program writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format's version. Within one, keys are added, never changed.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary><c>complete</c>, or <c>interrupted</c> with what was measured so far.</summary>
    public required string Status { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The seed of every random draw.</summary>
    public required long Seed { get; init; }

    /// <summary>
    /// The hash of the runs' hashes in order, see <see cref="ResultHash"/>: 64 hexadecimal digits;
    /// null when a run has none.
    /// </summary>
    public string? Hash { get; init; }

    /// <summary>The command line that repeats this result.</summary>
    public required string Rerun { get; init; }

    /// <summary>Worker threads in each process.</summary>
    public int? Threads { get; init; }

    /// <summary>Processes that shared the work.</summary>
    public int? Nodes { get; init; }

    /// <summary>Islands of the first run.</summary>
    public int? Islands { get; init; }

    /// <summary>Virtual time, warm-up included, in seconds.</summary>
    [JsonPropertyName("virtual_s")]
    public double? VirtualSeconds { get; init; }

    /// <summary>Wall time from process start until the result is written, in seconds.</summary>
    [JsonPropertyName("wall_s")]
    public double? WallSeconds { get; init; }

    /// <summary>Events that ran, over all runs.</summary>
    public long? Events { get; init; }

    /// <summary>Events a second of wall time.</summary>
    [JsonPropertyName("events_per_wall_s")]
    public double? EventsPerWallSecond { get; init; }

    /// <summary>Tenants in the experiment, over all machines.</summary>
    public long? Tenants { get; init; }

    /// <summary>Resident bytes of this process for each tenant.</summary>
    public double? BytesPerTenant { get; init; }

    /// <summary>The experiment's expectations, checked.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>
    /// One run for each architecture, in the order of the columns; none of a sweep, whose runs are
    /// the rows of its table.
    /// </summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>A sweep's points, each architecture of each; absent where nothing was swept.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PointResult>? Points { get; init; }

    /// <summary>What mechanisms are worth; absent where none were removed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AblationResult? Ablation { get; init; }

    /// <summary>What must move for two architectures to trade places; absent where nobody asked.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CrossoverResult? Crossover { get; init; }

    /// <summary>When a sweep's point has been repeated enough, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StopRule { get; init; }
}
