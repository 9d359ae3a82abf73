using System.Reflection;
using Disguise.Actors.Time;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Verbs;

/// <summary>Joins the runs of one command into its result.</summary>
internal static class ResultBuilder
{
    public static ExperimentResult Build(
        Experiment experiment, CommonOptions common, IReadOnlyList<RunOutcome> outcomes)
    {
        var runs = outcomes.Select(outcome => outcome.Result).ToArray();
        var wall = ProcessStart.SecondsSince();
        var events = outcomes.Sum(outcome => outcome.Events);
        var complete = outcomes.All(outcome => outcome.IsComplete);
        var result = new ExperimentResult
        {
            Status = complete ? "complete" : "interrupted",
            Experiment = experiment.Name,
            Version = Version(),
            Seed = (long)experiment.Seed,
            Hash = ResultHash.Of(runs),
            Rerun = Rerun(common),
            Threads = ThreadChoice.For(experiment, common.Threads),
            Nodes = 1,
            Islands = outcomes.Count > 0 ? outcomes[0].Islands : null,
            VirtualSeconds = outcomes.Count > 0
                ? outcomes[0].VirtualPs / (double)Picoseconds.PerSecond : null,
            WallSeconds = wall,
            Events = events,
            EventsPerWallSecond = wall > 0 ? events / wall : null,
            Tenants = experiment.TenantCount,
            BytesPerTenant = experiment.TenantCount > 0
                ? (double)Environment.WorkingSet / experiment.TenantCount : null,
            Runs = runs,
        };
        return result with { Checks = Check(experiment, result) };
    }

    /// <summary>
    /// A result that has no runs of its own: who asked for what, and how long it took until now.
    /// </summary>
    public static ExperimentResult Frame(Experiment experiment, CommonOptions common) => new()
    {
        Status = "complete",
        Experiment = experiment.Name,
        Version = Version(),
        Seed = (long)experiment.Seed,
        Rerun = $"./disguise {string.Join(' ', common.Arguments.Select(Quote))}",
        Nodes = 1,
        WallSeconds = ProcessStart.SecondsSince(),
        Tenants = experiment.TenantCount,
        Runs = [],
    };

    private static CheckResult[] Check(Experiment experiment, ExperimentResult result)
    {
        var paths = ExpectedPaths.In(result, experiment);
        return [.. experiment.Expectations
            .Select(expectation => expectation.Check(paths.Find).ToCheckResult())];
    }

    /// <summary>The command line that repeats what was asked.</summary>
    public static string Rerun(CommonOptions common) =>
        $"./disguise {string.Join(' ', common.Arguments.Select(Quote))}";

    private static string Version() =>
        typeof(ResultBuilder).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "0";

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(letter =>
            char.IsAsciiLetterOrDigit(letter) || "-_./=:,[]@%+".Contains(letter))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
