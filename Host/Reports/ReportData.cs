using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>All that <see cref="Report"/> shows.</summary>
/// <param name="Result">The result.</param>
/// <param name="ExperimentYaml">The experiment as run.</param>
/// <param name="Runs">What the result does not hold, one for each of its runs.</param>
public sealed record ReportData(
    ExperimentResult Result, string ExperimentYaml, IReadOnlyList<ReportRun> Runs)
{
    /// <summary>One request under each architecture, explained; may be empty.</summary>
    public IReadOnlyList<ExplainedRequest> Requests { get; init; } = [];
}
