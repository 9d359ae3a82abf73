using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Verbs;

/// <summary>Reads an experiment for a verb, and says what of it is left out.</summary>
internal static class ExperimentFiles
{
    public static Experiment Read(
        string file, CommonOptions common, string? architectures, Terminal terminal)
    {
        if (common.Journal is not (null or "none"))
            throw new ExperimentError("--journal", "journals are not built yet", "none");
        var experiment = ExperimentReader.Read(file, common.Overrides(architectures));
        ExpectedPaths.Check(experiment);
        SayWhatIsMissing(experiment, terminal, common.Quiet);
        return experiment;
    }

    /// <summary>Names what the file asks for and this program does not have yet. An application
    /// cannot be left out: it is refused.</summary>
    public static void SayWhatIsMissing(Experiment experiment, Terminal terminal, bool quiet)
    {
        RequireApplications(experiment, BuiltMechanisms.Here);
        if (quiet)
            return;
        foreach (var notice in experiment.NotBuilt(BuiltMechanisms.Here))
            terminal.Error.WriteLine(notice);
    }

    /// <summary>Refuses an application that this program does not have yet.</summary>
    public static void RequireApplications(Experiment experiment, IBuiltMechanisms built)
    {
        if (experiment.ApplicationNotBuilt(built) is not { } missing)
            return;
        var kind = BuiltMechanisms.ApplicationOf(missing.Mechanism);
        throw new ExperimentError(
            missing.Line == 0 ? missing.File : $"{missing.File}:{missing.Line}",
            $"{missing.Path}: {kind} is not built yet");
    }

    /// <summary>Says which verb runs a sweep that stands in the file.</summary>
    public static void SayWhoSweeps(Experiment experiment, Terminal terminal, bool quiet)
    {
        if (!quiet && (experiment.Sweep.Count > 0 || experiment.Repetition is not null))
        {
            terminal.Error.WriteLine(
                $"{experiment.File}: sweep: and repeat: are left out; the verb sweep runs them");
        }
    }

    /// <summary>
    /// The architectures to run: those that were named, else the first of the file. One that is
    /// not built yet is refused.
    /// </summary>
    public static IReadOnlyList<IArchitecture> ToRun(
        Experiment experiment, string? named, Terminal terminal, bool quiet)
    {
        var names = NamesOf(experiment);
        if (named is null && names.Count > 1)
        {
            if (!quiet)
            {
                terminal.Error.WriteLine(
                    $"{experiment.File}: runs {names[0]} alone; left out: "
                    + string.Join(", ", names.Skip(1))
                    + $" (--architecture {string.Join(',', names)})");
            }

            names = [names[0]];
        }

        foreach (var name in names)
        {
            if (!IsBuilt(experiment, name))
            {
                throw new ExperimentError(
                    experiment.File, $"architecture {name} is not built yet",
                    AllowedIn(experiment));
            }
        }

        var architectures = names.Select(Architectures.Of).ToList();
        foreach (var architecture in architectures)
        {
            if (PlatformFit.RefusalOf(architecture, experiment) is { } refusal)
                throw refusal;
        }

        return architectures;
    }

    /// <summary>The architectures of the file that are built; the others are named.</summary>
    public static IReadOnlyList<IArchitecture> BuiltOnes(
        Experiment experiment, Terminal terminal, bool quiet)
    {
        var built = NamesOf(experiment).Where(name => IsBuilt(experiment, name)).ToList();
        var missing = NamesOf(experiment).Except(built).ToList();
        if (missing.Count > 0 && !quiet)
        {
            terminal.Error.WriteLine(
                $"{experiment.File}: not built yet, left out: {string.Join(", ", missing)}");
        }

        if (built.Count == 0)
        {
            throw new ExperimentError(
                experiment.File, "no architecture that it names is built yet",
                AllowedIn(experiment));
        }

        return Fitting(experiment, built, terminal, quiet);
    }

    /// <summary>
    /// Those that the platform can run, one at least; why the others are left out is said.
    /// </summary>
    private static List<IArchitecture> Fitting(
        Experiment experiment, List<string> built, Terminal terminal, bool quiet)
    {
        var fitting = new List<IArchitecture>();
        var refusals = new List<ExperimentError>();
        foreach (var architecture in built.Select(Architectures.Of))
        {
            if (PlatformFit.RefusalOf(architecture, experiment) is { } refusal)
                refusals.Add(refusal);
            else
                fitting.Add(architecture);
        }

        if (fitting.Count == 0)
            throw refusals[0];
        foreach (var refusal in quiet ? [] : refusals)
            terminal.Error.WriteLine($"{refusal.Where}: left out: {refusal.What}");
        return fitting;
    }

    /// <summary>The architectures that a file names; all where it names none.</summary>
    private static IReadOnlyList<string> NamesOf(Experiment experiment) =>
        experiment.Architectures.Count > 0
            ? experiment.Architectures : [.. ExperimentCatalog.Default.Architectures];

    private static bool IsBuilt(Experiment experiment, string name) =>
        BuiltMechanisms.Here.Has(BuiltMechanisms.Architecture(name))
        || experiment.PluginArchitectures.Contains(name);

    private static string AllowedIn(Experiment experiment) => string.Join(
        ", ",
        Architectures.All.Select(known => known.Name).Concat(experiment.PluginArchitectures));
}
