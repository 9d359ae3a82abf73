using Disguise.Actors.Crossings;
using Disguise.Host.Experiments;
using Disguise.Host.Results;
using Disguise.Host.Running;
using Disguise.Kernels.Exokernel;

namespace Disguise.Host.Verbs;

/// <summary>The paths of a result that an experiment's expectations may name.</summary>
internal static class ExpectedPaths
{
    /// <summary>Keys that may occur in open objects, where all are known beforehand.</summary>
    private static Dictionary<string, IReadOnlyCollection<string>> Known => new()
    {
        ["crossings_per_operation"] =
            [.. CrossingKind.All.Select(kind => kind.Name), OpenCounts.TotalKey],
        ["access_faults"] = ["iommu", "mmu"],
        ["revocations"] = Injections.Outcomes,
        ["secure_bindings"] = SecureBindings.Names,
    };

    /// <summary>The paths of a result that is there.</summary>
    public static ResultPaths In(ExperimentResult result, Experiment experiment) =>
        new(result, ArchitecturesOf(experiment), Known);

    /// <summary>Refuses an expectation about what no result can have.</summary>
    public static void Check(Experiment experiment)
    {
        var paths = ResultPaths.BeforeTheRun(
            ArchitecturesOf(experiment),
            experiment.Machines.SelectMany(group => group.Tenants).Select(group => group.Name),
            Known);
        foreach (var expectation in experiment.Expectations)
        {
            foreach (var path in expectation.Paths)
            {
                var value = paths.Find(path);
                if (value.Kind == ResultValueKind.Unknown)
                {
                    throw new ExperimentError(
                        experiment.File,
                        $"expect: {ExperimentError.Show(expectation.Text)}: {value.Explanation}",
                        "paths of result.json");
                }
            }
        }
    }

    private static string[] ArchitecturesOf(Experiment experiment) =>
        [.. ExperimentCatalog.Default.Architectures, .. experiment.PluginArchitectures];
}
