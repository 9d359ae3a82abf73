using Disguise.Host.Results;

namespace Disguise.Host.Touring;

/// <summary>A claim with what its experiment gave.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Result">The runs and the checks; null for a claim without an experiment.</param>
/// <param name="ReportPath">The page that was written; null as before.</param>
/// <param name="NotBuilt">Architectures that the experiment names and the program lacks.</param>
public sealed record ShownClaim(
    Claim Claim, ExperimentResult? Result, string? ReportPath, IReadOnlyList<string> NotBuilt)
{
    /// <summary>
    /// Whether all of its expectations hold and no referee found anything; null while it has no
    /// experiment, or where not all could be checked and none fails.
    /// </summary>
    public bool? Holds
    {
        get
        {
            if (Result is null)
                return null;
            var fails = Result.Checks.Any(check => check.Holds == false)
                || Result.Runs.Any(run => run.Referees.Any(referee => referee.Violations > 0));
            return fails ? false
                : Result.Status != "complete" || Result.Checks.Any(check => check.Holds is null)
                    ? null
                : true;
        }
    }
}
