using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Validation;

/// <summary>A run of a suite, read and checked before any of them begins.</summary>
/// <param name="Run">The run as the suite has it.</param>
/// <param name="Experiment">The experiment with its settings; null where the architecture is not
/// built.</param>
/// <param name="Architecture">The architecture; null as before.</param>
/// <param name="Costs">The costs of its platform and profile; null as before.</param>
internal sealed record PlannedRun(
    SuiteRun Run, Experiment? Experiment, IArchitecture? Architecture, CostBook? Costs)
{
    /// <summary>Why it cannot be made by this program; null where it can.</summary>
    public string? Lacking { get; init; }

    /// <summary>Reads the runs of a suite. Settings of the command line go over its own.
    /// </summary>
    /// <exception cref="ExperimentError">An experiment or a setting is wrong.</exception>
    public static IReadOnlyList<PlannedRun> PlanAll(Suite suite, CommonOptions common) =>
        [.. suite.Runs.Select(run => Plan(run, common))];

    private static PlannedRun Plan(SuiteRun run, CommonOptions common)
    {
        if (!BuiltMechanisms.Here.Has(BuiltMechanisms.Architecture(run.Architecture)))
            return Without(run, $"the {run.Architecture} architecture is not built");
        var text = ShippedFiles.TextOf(run.Experiment);
        var experiment = ExperimentReader.ReadText(
            run.Experiment, text, [.. run.Settings, .. common.Overrides()]);
        var architecture = Architectures.Of(run.Architecture);
        return LackingOf(experiment, architecture) is { } reason ? Without(run, reason)
            : new PlannedRun(run, experiment, architecture, CostBook.Load(experiment));
    }

    private static PlannedRun Without(SuiteRun run, string reason) =>
        new(run, null, null, null) { Lacking = reason };

    /// <summary>An application that is not built, or a platform that cannot run it.</summary>
    private static string? LackingOf(Experiment experiment, IArchitecture architecture)
    {
        if (experiment.ApplicationNotBuilt(BuiltMechanisms.Here) is { } missing)
        {
            var kind = BuiltMechanisms.ApplicationOf(missing.Mechanism);
            return $"the application {kind} is not built";
        }

        return PlatformFit.RefusalOf(architecture, experiment)?.What;
    }

    /// <summary>Makes it, on this thread alone.</summary>
    public RunOutcome Make(Terminal terminal) => new ArchitectureRun(
        Experiment!, Architecture!, Costs!, new RunSettings { Quiet = true }, terminal).Run();
}
