using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Running;

namespace Disguise.Benchmarks.Tenancy;

/// <summary>
/// Tenants with <c>udp-echo</c> and clients that load them, composed as <c>disguise run</c> does,
/// without its reporting.
/// </summary>
internal sealed class EchoWorld : IDisposable, IProgressObserver
{
    private readonly World world;

    private EchoWorld(World world) => this.world = world;

    /// <summary>The islands.</summary>
    public Emulation Emulation => world.Emulation;

    /// <summary>Requests answered so far, as the clients count them.</summary>
    public long EchoCount => world.Clients.Sum(client => client.Load!.Counters.Received);

    /// <summary>Composes the world of an experiment under Arrakis.</summary>
    public static EchoWorld Build(string yaml, int threads)
    {
        var experiment = ExperimentReader.ReadText("benchmark", yaml);
        return new EchoWorld(WorldBuilder.Build(
            experiment, Architectures.Of("arrakis"), new WorldOptions
            {
                Seed = experiment.Seed,
                Costs = CostBook.Load(experiment).Table,
                Threads = threads,
            }));
    }

    /// <summary>Runs until all tenants serve, and starts the clients.</summary>
    /// <exception cref="InvalidOperationException">A tenant was refused something.</exception>
    public void SetUp()
    {
        new RunPhases(world, this).SetUp();
        foreach (var (address, reason) in world.Readiness.Failures)
            throw new InvalidOperationException($"{address} was refused: {reason}");
    }

    /// <summary>Runs until the clients have got so many answers in all.</summary>
    public void RunUntilAnswered(long answers)
    {
        while (EchoCount < answers)
            Emulation.Run(Emulation.NowPs + (100 * Picoseconds.PerMicrosecond));
    }

    /// <summary>Virtual functions that have sent a frame.</summary>
    public int CountSenders()
    {
        var count = 0;
        foreach (var machine in world.Machines)
        {
            for (var function = 0; function < machine.Nic.VirtualFunctionCount; function++)
            {
                var state = machine.Nic.StateOf(function);
                if (state?.Statistics?.GoodPacketsTransmitted > 0)
                    count++;
            }
        }

        return count;
    }

    /// <summary>Bytes of emulated memory that were touched, on all machines.</summary>
    public long TouchedBytes =>
        world.Machines.Sum(machine => machine.Board.Memory.TouchedBytes);

    /// <inheritdoc/>
    public void Dispose() => world.Dispose();

    bool IProgressObserver.Reached(long nowPs) => true;
}
