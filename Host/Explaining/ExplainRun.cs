using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Reports;
using Disguise.Host.Running;
using Disguise.LibOS.Clients;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Explaining;

/// <summary>
/// Runs an experiment until one request of one client is complete, and explains it. What was
/// followed must take exactly as long as the client itself measured.
/// </summary>
internal sealed class ExplainRun : IProgressObserver, ILatencySink
{
    private readonly Experiment experiment;
    private readonly IArchitecture architecture;
    private readonly CostBook costs;
    private readonly Thing client;
    private readonly long skipped;
    private RequestRecorder? recorder;
    private TimedReply? reply;
    private CancellationToken interrupted;

    public ExplainRun(
        Experiment experiment, IArchitecture architecture, CostBook costs, Thing client,
        long skipped)
    {
        this.experiment = experiment;
        this.architecture = architecture;
        this.costs = costs;
        this.client = client;
        this.skipped = skipped;
    }

    public ExplainedRequest Explain(Terminal terminal)
    {
        interrupted = terminal.Interrupted;
        var number = client.Member
            + experiment.Clients.Take(client.Group).Sum(group => group.Count);
        var address = experiment.Addresses.Print(client);
        recorder = new RequestRecorder(
            AddressPlan.ClientIp(number), $"{address}.link", skipped);
        using var world = WorldBuilder.Build(experiment, architecture, new WorldOptions
        {
            Seed = experiment.Seed,
            Costs = costs.Table,
            Requests = recorder,
            Replies = this,
        });
        var crossings = new CrossingLog(recorder, world.Emulation.Islands);
        var phases = new RunPhases(world, this);
        if (phases.SetUp())
        {
            recorder.BeginAt(phases.MeasureStartPs);
            new Injections(world).Schedule(phases.MeasureStartPs);
            phases.RunUntil(phases.MeasureEndPs);
        }

        interrupted.ThrowIfCancellationRequested();
        if (reply is not { } measured)
        {
            throw new ExperimentError(
                experiment.File,
                $"{address} had no reply to request {skipped + 1} of the measured time under "
                    + architecture.Name,
                "a longer duration, or another --request or --target");
        }

        var explained = recorder.Explain(architecture.Name, address, crossings);
        if (explained.StartPs != measured.DuePs || explained.EndPs != measured.AtPs)
        {
            throw new InvalidOperationException(
                $"{address} measured {measured.LatencyPs} ps, the path has "
                + $"{explained.LatencyPs} ps");
        }

        return explained;
    }

    /// <inheritdoc/>
    public void Record(int group, in TimedReply seen)
    {
        if (group == client.Group && seen.Client == client.Member && recorder!.IsComplete
            && seen.AtPs == recorder.EndPs)
            reply = seen;
    }

    public bool Reached(long nowPs) =>
        reply is null && !interrupted.IsCancellationRequested;
}
