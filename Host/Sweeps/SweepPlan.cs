using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Running;

namespace Disguise.Host.Sweeps;

/// <summary>
/// What a sweep will run, checked before the first run: every point can be built and costed.
/// </summary>
internal sealed class SweepPlan
{
    /// <summary>Most points of a sweep.</summary>
    public const int MostPoints = 10_000;

    private readonly string text;
    private readonly IReadOnlyList<Override> overrides;

    private SweepPlan(Experiment experiment, string text, IReadOnlyList<Override> overrides)
    {
        Experiment = experiment;
        this.text = text;
        this.overrides = overrides;
        Rule = RepeatRule.Of(experiment);
        Seeds = [.. Rule.Seeds()];
    }

    /// <summary>The experiment with its axes not yet set.</summary>
    public Experiment Experiment { get; }

    public RepeatRule Rule { get; }

    /// <summary>The seed of each repeat.</summary>
    public IReadOnlyList<ulong> Seeds { get; }

    /// <summary>The cells: point by point, each architecture of the point.</summary>
    public required IReadOnlyList<SweepCell> Cells { get; init; }

    /// <summary>Architectures that a point names and this program does not have yet.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Reads a file and all its points.</summary>
    /// <param name="file">The experiment file.</param>
    /// <param name="common">What the command line changes in it.</param>
    /// <param name="architectures">The value of <c>--architecture</c>; null if not given.</param>
    /// <exception cref="ExperimentError">The file, or a point of its sweep, is wrong.</exception>
    public static SweepPlan Read(string file, CommonOptions common, string? architectures)
    {
        var overrides = common.Overrides(architectures);
        var text = ExperimentReader.TextOf(file);
        var experiment = ExperimentReader.ReadText(file, text, overrides);
        if (experiment.Sweep.Count == 0 && experiment.Repetition is null)
        {
            throw new ExperimentError(
                file, "there is no sweep: to run",
                "sweep: { \"network.latency\": [450ns, 1us] }, repeat: { seeds: 5 }");
        }

        RequireAxes(experiment);
        var rule = RepeatRule.Of(experiment);
        var cells = new List<SweepCell>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var point in SweepPoint.Product(experiment.Sweep))
        {
            var built = ExperimentReader.ReadPoint(
                file, text, [.. overrides, .. point.Overrides()]);
            CostBook.Load(built);
            var names = built.BuiltArchitectures(BuiltMechanisms.Here);
            missing.UnionWith(built.Architectures.Except(names));
            cells.AddRange(names.Select(name => new SweepCell(point, name, rule)
            {
                Refusal = PlatformFit.RefusalOf(Architectures.Of(name), built)?.What,
            }));
        }

        if (cells.Count == 0)
        {
            throw new ExperimentError(
                file, "no architecture that it names is built yet",
                string.Join(", ", Architectures.All.Select(known => known.Name)));
        }

        return new SweepPlan(experiment, text, overrides)
        {
            Cells = cells,
            Missing = [.. missing],
        };
    }

    /// <summary>The experiment of one repeat of a cell.</summary>
    public Experiment ExperimentOf(SweepCell cell, int repeat) => ExperimentReader.ReadPoint(
        Experiment.File, text,
        [.. overrides, .. cell.Point.Overrides(), Override.Seed(Seeds[repeat])]);

    private static void RequireAxes(Experiment experiment)
    {
        var points = 1L;
        foreach (var axis in experiment.Sweep)
        {
            if (axis.Path == "seed")
            {
                throw new ExperimentError(
                    experiment.File, "sweep: seed is varied by repeat:", "repeat: { seeds: 5 }");
            }

            points *= axis.Values.Count;
            if (points > MostPoints)
            {
                throw new ExperimentError(
                    experiment.File, "sweep: has too many points", $"{MostPoints} at most");
            }
        }
    }
}
