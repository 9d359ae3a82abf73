namespace Disguise.Host.Validation;

/// <summary>
/// A paper's tables as data: every row, the runs that its values come from, and how close they
/// have to be. It is fixed before its first run.
/// </summary>
public sealed record Suite
{
    /// <summary>Its name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>The paper.</summary>
    public required string Title { get; init; }

    /// <summary>The profile of each architecture: the paper's own.</summary>
    public required IReadOnlyDictionary<string, string> Profiles { get; init; }

    /// <summary>How close rows have to be.</summary>
    public required Tolerances Tolerances { get; init; }

    /// <summary>The runs, in the order written.</summary>
    public required IReadOnlyList<SuiteRun> Runs { get; init; }

    /// <summary>The rows, in the order written.</summary>
    public required IReadOnlyList<SuiteRow> Rows { get; init; }

    /// <summary>The experiment that a row's value comes from; null where nothing models it.
    /// </summary>
    public string? ExperimentOf(SuiteRow row) => row.Paths
        .Select(path => RunOf(path).Experiment)
        .FirstOrDefault();

    /// <summary>The run that a path into the results begins with.</summary>
    public SuiteRun RunOf(string path) =>
        Runs.First(run => run.Name == path.Split('.')[0]);
}
