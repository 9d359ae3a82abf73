using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Concurrency;
using Disguise.Host.Experiments;
using Disguise.Host.Reports;
using Disguise.Host.RunFolders;
using Disguise.Host.Running;
using Disguise.Host.Verbs;

namespace Disguise.Host.Touring;

/// <summary>
/// Runs the experiment of a claim under the architectures that it names, side by side, and leaves a
/// folder as <c>compare</c> does.
/// </summary>
internal sealed class ClaimRunner(CommonOptions common, Terminal terminal)
{
    private const string RunsFolder = "runs";

    /// <summary>Reads a claim's experiment, so that a mistake is found before any run.</summary>
    public Experiment Read(Claim claim) => ExperimentReader.ReadText(
        claim.Experiment!, ShippedFiles.TextOf(claim.Experiment!), common.Overrides());

    /// <summary>Runs it.</summary>
    public ShownClaim Run(Claim claim, Experiment experiment)
    {
        var names = experiment.BuiltArchitectures(BuiltMechanisms.Here);
        var costs = CostBook.Load(experiment);
        var outcomes = new RunOutcome?[names.Count];
        var next = 0;
        var progress = new RunsProgress($"claim {claim.Number}", terminal, common.Quiet);
        new WorkerPool(common.Threads ?? Environment.ProcessorCount, terminal.Interrupted).Run(
            () => next < names.Count ? Tuple.Create(next++) : null,
            piece => new ArchitectureRun(
                experiment, Architectures.Of(names[piece.Item1]), costs,
                new RunSettings { Quiet = true }, terminal).Run(),
            (piece, outcome) => outcomes[piece.Item1] = outcome,
            () => progress.Tick(outcomes.Count(outcome => outcome is not null), names.Count));
        progress.Clear();
        var made = outcomes.OfType<RunOutcome>().ToList();
        var result = ResultBuilder.Build(experiment, common, made);
        if (made.Count < names.Count)
            result = result with { Status = "interrupted" };
        var folder = RunFolder.Create(
            RunsFolder, experiment.Name, (long)experiment.Seed,
            common.Out is { } folders ? Path.Combine(folders, experiment.Name) : null,
            experiment.EffectiveYaml);
        folder.Write(result, Report.Render(new ReportData(
            result, experiment.EffectiveYaml, [.. made.Select(outcome => outcome.Report)])));
        return new ShownClaim(
            claim, result, Path.GetRelativePath(".", folder.ReportPath),
            [.. experiment.Architectures.Except(names)]);
    }
}
