using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.LibOS.Clients;
using Disguise.LibOS.Composition.Churn;

namespace Disguise.Host.Running;

/// <summary>
/// Set-up, warm-up, measurement. Tenants set themselves up from time 0; when all have ended,
/// looked at in steps of virtual time, clients begin. Tenants that come and go are not waited for:
/// their sources count from the start of measuring. So the time at which the load begins is part
/// of the run and the same in each repetition.
/// </summary>
internal sealed class RunPhases
{
    private const long StepPs = 100 * Picoseconds.PerMicrosecond;

    private readonly World world;
    private readonly IProgressObserver observer;

    public RunPhases(World world, IProgressObserver observer)
    {
        this.world = world;
        this.observer = observer;
        LongestSetUpPs = SetUpLimit.Of(world.Experiment);
    }

    /// <summary>How long a set-up may take: who waits longer waits for ever.</summary>
    public long LongestSetUpPs { get; init; }

    /// <summary>When clients began.</summary>
    public long LoadStartPs { get; private set; }

    /// <summary>When measuring began.</summary>
    public long MeasureStartPs => LoadStartPs + world.Experiment.WarmUpPs;

    /// <summary>When measuring ends.</summary>
    public long MeasureEndPs => MeasureStartPs + world.Experiment.DurationPs;

    /// <summary>Runs until all tenants serve or were refused. False when interrupted.</summary>
    public bool SetUp()
    {
        var emulation = world.Emulation;
        var untilPs = 0L;
        while (world.Readiness.EndedCount < world.Tenants.FirstCount
            || (untilPs == 0 && world.Tenants.FirstCount == 0))
        {
            untilPs += StepPs;
            if (untilPs > LongestSetUpPs)
                throw NotSetUp();

            emulation.Run(untilPs, observer);
            if (emulation.NowPs < untilPs)
                return false;
        }

        LoadStartPs = untilPs;
        StartClients();
        StartSources();
        return true;
    }

    /// <summary>Runs until a time. False when interrupted.</summary>
    public bool RunUntil(long untilPs)
    {
        world.Emulation.Run(untilPs, observer);
        return world.Emulation.NowPs >= untilPs;
    }

    private ExperimentError NotSetUp()
    {
        var waiting = world.Machines
            .SelectMany(machine => world.Tenants.On(machine.Group, machine.Member))
            .Select(world.Experiment.Addresses.Print)
            .First(address => !world.Readiness.HasEnded(address));
        var count = world.Tenants.FirstCount - world.Readiness.EndedCount;
        return new ExperimentError(
            world.Experiment.File,
            $"tenants that are not set up after {Picoseconds.Format(LongestSetUpPs)} of virtual "
            + $"time: {count}, {waiting} first",
            "fewer tenants on a core, or a shorter time-slice");
    }

    private void StartClients()
    {
        var start = new ClientProtocol.Start(MeasureStartPs, MeasureEndPs);
        foreach (var client in world.Clients)
        {
            client.Actor.Island.Enter();
            client.Actor.Island.Schedule(LoadStartPs, client.Actor, start, null);
        }
    }

    private void StartSources()
    {
        foreach (var source in world.Machines.SelectMany(machine => machine.Sources))
        {
            var island = source.Actor.Island;
            island.Enter();
            island.Schedule(
                LoadStartPs, source.Actor,
                new TenantSourceProtocol.Start(MeasureStartPs + source.StartPs), null);
        }
    }
}
