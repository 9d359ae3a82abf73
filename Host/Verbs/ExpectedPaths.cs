using Disguise.Actors.Crossings;
using Disguise.Host.Experiments;
using Disguise.Host.Referees;
using Disguise.Host.Results;
using Disguise.Host.Running;
using Disguise.Kernels.Exokernel;

namespace Disguise.Host.Verbs;

/// <summary>The paths of a result that an experiment's expectations may name.</summary>
internal static class ExpectedPaths
{
    /// <summary>The paths of a result that is there.</summary>
    public static ResultPaths In(ExperimentResult result, Experiment experiment) =>
        new(result, ArchitecturesOf(experiment), Known(experiment));

    /// <summary>Refuses an expectation about what no result can have.</summary>
    public static void Check(Experiment experiment)
    {
        if (experiment.Expectations.Count == 0)
            return;
        var paths = ResultPaths.BeforeTheRun(
            ArchitecturesOf(experiment), GroupsOf(experiment), Known(experiment),
            experiment.Injections.Sum(injection => injection.Things.Count));
        for (var index = 0; index < experiment.Expectations.Count; index++)
        {
            var expectation = experiment.Expectations[index];
            foreach (var path in expectation.Paths)
            {
                var value = paths.Find(path);
                if (value.Kind == ResultValueKind.Unknown)
                {
                    throw new ExperimentError(
                        experiment.Where($"expect[{index}]"),
                        $"expect: {ExperimentError.Show(expectation.Text)}: {value.Explanation}",
                        "paths of result.json");
                }
            }
        }
    }

    /// <summary>Keys that may occur in open objects, and in what only a run fills.</summary>
    private static Dictionary<string, IReadOnlyCollection<string>> Known(Experiment experiment)
    {
        var known = new Dictionary<string, IReadOnlyCollection<string>>
        {
            ["crossings_per_operation"] =
                [.. CrossingKind.All.Select(kind => kind.Name), OpenCounts.TotalKey],
            ["access_faults"] = ["iommu", "mmu"],
            ["secure_bindings"] = SecureBindings.Names,
            ["revocations"] = Injections.Outcomes,
            ["referees"] = Referee.Names,
            ["series"] = experiment.IntervalPs is null ? []
                : SeriesRecorder.KeysOf([.. GroupsOf(experiment)]),
        };
        if (experiment.PluginArchitectures.Count > 0)
            return known;
        // What comes from outside may have kinds of its own of what follows.
        known["calls"] = known["refused"] = known["latency_us"] = ControlCallNames.All;
        known["dropped"] = DropReasonNames.All;
        known["cpu_us_per_operation"] = Components.Names;
        return known;
    }

    private static IEnumerable<string> GroupsOf(Experiment experiment) =>
        experiment.Machines.SelectMany(machine => machine.Tenants).Select(group => group.Name);

    private static string[] ArchitecturesOf(Experiment experiment) =>
        [.. ExperimentCatalog.Default.Architectures, .. experiment.PluginArchitectures];
}
