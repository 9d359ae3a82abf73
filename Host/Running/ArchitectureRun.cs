using System.Diagnostics;
using Disguise.Actors.Islands;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Recording;
using Disguise.Host.Referees;
using Disguise.Host.Reports;
using Disguise.Host.Results;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Running;

/// <summary>One run of an experiment under one architecture, from building to result.</summary>
internal sealed class ArchitectureRun
{
    private readonly Experiment experiment;
    private readonly IArchitecture architecture;
    private readonly CostBook costs;
    private readonly RunSettings settings;
    private readonly Terminal terminal;

    public ArchitectureRun(
        Experiment experiment, IArchitecture architecture, CostBook costs, RunSettings settings,
        Terminal terminal)
    {
        this.experiment = experiment;
        this.architecture = architecture;
        this.costs = costs;
        this.settings = settings;
        this.terminal = terminal;
    }

    public RunOutcome Run()
    {
        var watch = Stopwatch.StartNew();
        using var world = WorldBuilder.Build(experiment, architecture, new WorldOptions
        {
            Seed = experiment.Seed,
            Costs = costs.Table,
            Threads = settings.Threads,
            WindowDivisor = settings.WindowDivisor,
            ShuffleSeed = settings.ShuffleSeed,
        });
        using var trace = settings.TracePath is { } path
            ? new CrossingTrace(path, world.Emulation.Islands) : null;
        var interval = settings.WatchedInterval is { } watched
            ? new IntervalTrace(world.Emulation.Islands, watched.FromPs, watched.UntilPs) : null;
        using var capture =
            settings.PacketsPath is { } packets && experiment.Recording.Packets.Count > 0
                ? new FrameCapture(packets) : null;
        var progress = new ProgressLine(
            architecture.Name, world.Emulation, experiment.WarmUpPs + experiment.DurationPs,
            terminal, settings.Quiet, settings.ProgressSilence);
        var edges = new WindowEdges(progress, trace, capture);
        var outcome = Run(world, edges, progress, capture, interval, watch);
        progress.Clear();
        if (trace?.LeftOut > 0)
            terminal.Error.WriteLine($"trace: {trace.LeftOut} crossings beyond its limit left out");
        return outcome;
    }

    private RunOutcome Run(
        World world, IProgressObserver edges, ProgressLine progress, FrameCapture? capture,
        IntervalTrace? interval, Stopwatch watch)
    {
        var phases = new RunPhases(world, edges);
        var injections = new Injections(world);
        Measurement? measurement = null;
        SeriesRecorder? series = null;
        var complete = phases.SetUp();
        if (complete)
        {
            if (capture is not null)
            {
                var notes = Taps.Set(world, capture);
                foreach (var note in settings.WithoutNotes ? [] : notes)
                    terminal.Error.WriteLine(note);
            }

            progress.UntilPs = phases.MeasureEndPs;
            injections.Schedule(phases.MeasureStartPs);
            complete = phases.RunUntil(phases.MeasureStartPs);
            if (complete)
            {
                measurement = new Measurement(world, phases);
                series = experiment.IntervalPs is null
                    ? null : measurement.RecordSeries();
                complete = Measure(world, phases, measurement, series);
            }
        }

        world.Emulation.FinishHash();
        var hash = world.Emulation.Hash;
        var wall = watch.Elapsed.TotalSeconds;
        var result = measurement?.Result(wall, hash.Text, series)
            ?? new RunResult { Architecture = architecture.Name, Hash = hash.Text };
        var injected = injections.Results(phases.MeasureStartPs);
        var crashed = Crashes.Of(world, injections, phases.MeasureStartPs);
        var refusals = world.Readiness.Failures;
        result = result with
        {
            TenantsRefused = refusals.Count,
            Refusals = [.. refusals.Select(refusal => new RefusedTenant
            {
                Address = refusal.Key,
                Reason = refusal.Value,
            })],
            TenantsCrashed = crashed.Count,
            Crashed = crashed,
            Injections = injected,
            Revocations = Injections.OutcomesOf(injected),
            Referees = [.. Referee.Check(world), Crashes.Judge(world, crashed)],
        };
        return new RunOutcome(
            result, ReportOf(world, measurement), complete,
            Math.Max(0, world.Emulation.NowPs - phases.LoadStartPs), world.Emulation.EventCount,
            world.Emulation.Islands.Count, world.Readiness.Failures, hash, interval);
    }

    private bool Measure(
        World world, RunPhases phases, Measurement measurement, SeriesRecorder? series)
    {
        var untilPs = phases.MeasureStartPs;
        while (untilPs < phases.MeasureEndPs)
        {
            untilPs = series is null ? phases.MeasureEndPs
                : Math.Min(phases.MeasureEndPs, untilPs + experiment.IntervalPs!.Value);
            var complete = phases.RunUntil(untilPs);
            if (series is not null)
                measurement.EndInterval(series);
            if (!complete)
                return false;
        }

        return true;
    }

    private ReportRun ReportOf(World world, Measurement? measurement)
    {
        var ledger = new List<LedgerLine>();
        foreach (var account in measurement?.CoreTime.Accounts() ?? [])
        {
            foreach (var entry in account.Entries())
            {
                ledger.Add(new LedgerLine(
                    entry.What.Name, entry.Who, entry.Count, entry.TimePs,
                    entry.What.Source.ToString().ToLowerInvariant(),
                    costs.CitationOf(entry.What), costs.IsAssumed(entry.What)));
            }
        }

        var distributions = new List<LatencyDistribution>
        {
            new("all", world.Latencies.All().Buckets()),
        };
        return new ReportRun(architecture.Name, ledger, distributions);
    }
}
