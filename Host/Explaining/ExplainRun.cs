using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Reports;
using Disguise.Host.Running;

namespace Disguise.Host.Explaining;

/// <summary>Runs an experiment until one request of one client is complete, and explains it.
/// </summary>
internal sealed class ExplainRun : IProgressObserver
{
    private readonly Experiment experiment;
    private readonly Architecture architecture;
    private readonly CostBook costs;
    private readonly Thing client;
    private readonly long skipped;
    private RequestRecorder? recorder;
    private CancellationToken interrupted;

    public ExplainRun(
        Experiment experiment, Architecture architecture, CostBook costs, Thing client,
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
        recorder = new RequestRecorder(AddressPlan.ClientIp(number), skipped);
        using var world = WorldBuilder.Build(experiment, architecture, new WorldOptions
        {
            Seed = experiment.Seed,
            Costs = costs.Table,
            Requests = recorder,
        });
        var phases = new RunPhases(world, this);
        if (phases.SetUp())
        {
            recorder.BeginAt(phases.MeasureStartPs);
            new Injections(world).Schedule(phases.MeasureStartPs);
            phases.RunUntil(phases.MeasureEndPs);
        }

        interrupted.ThrowIfCancellationRequested();
        if (!recorder.IsComplete)
        {
            throw new ExperimentError(
                experiment.File,
                $"{address} had no reply to request {skipped + 1} of the measured time",
                "a longer duration, or another --request or --target");
        }

        return recorder.Explain(architecture.Name, address);
    }

    public bool Reached(long nowPs) =>
        !recorder!.IsComplete && !interrupted.IsCancellationRequested;
}
