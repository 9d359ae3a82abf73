using Disguise.Host.Commands;
using Disguise.Host.Experiments;

namespace Disguise.Host.Verbs;

/// <summary>
/// <c>compare</c>: an experiment under every architecture that it names, side by side, or finished
/// runs side by side; numbers with their ratios to one of them.
/// </summary>
internal static class CompareVerb
{
    public static int Compare(CompareOptions options, Terminal terminal)
    {
        if (options.Sources.Any(Directory.Exists))
            return FinishedRuns.Compare(options, terminal);
        if (options.Sources.Count > 1)
        {
            throw new ExperimentError(
                options.Sources[1], "one experiment at a time is compared",
                "one file, or folders of finished runs");
        }

        var experiment = ExperimentFiles.Read(
            options.Sources[0], options.Common, options.Architectures, terminal);
        ExperimentFiles.SayWhoSweeps(experiment, terminal, options.Common.Quiet);
        var architectures = ExperimentFiles.BuiltOnes(
            experiment, terminal, options.Common.Quiet);
        var baseline = options.Baseline ?? architectures[0].Name;
        if (!architectures.Any(architecture => architecture.Name == baseline))
        {
            throw new ExperimentError(
                $"--baseline {ExperimentError.Show(baseline)}",
                "is none of the architectures that are compared",
                string.Join(", ", architectures.Select(architecture => architecture.Name)));
        }

        return new RecordedRuns(experiment, architectures, options.Common, terminal)
            .Run(baseline);
    }
}
