using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;

namespace Disguise.Actors.Tests.Queueing;

/// <summary>
/// A queue with one server, Poisson arrivals and exponential service: the mean time in system is
/// s / (1 - load) for mean service time s (Kleinrock 1975, section 3.2). One island a load.
/// </summary>
public class MM1Specs
{
    private const int CustomerCount = 10_000_000;
    private const long ServicePs = Picoseconds.PerMicrosecond;

    [Fact]
    public void Mean_time_in_system_is_within_2_percent_of_the_formula_at_three_loads()
    {
        using var emulation = new Emulation(new EmulationOptions
        {
            Seed = 1,
            Threads = 2,
            HashIntervalPs = Picoseconds.PerSecond,
        });
        double[] loads = [0.5, 0.8, 0.9];
        var sinks = new Sink[loads.Length];
        for (var index = 0; index < loads.Length; index++)
        {
            var number = index;
            var island = emulation.AddIsland($"load {loads[index]}");
            island.SpawnRoot(
                ActorProps.Of(() => new System(loads[number], sink => sinks[number] = sink)),
                "system");
        }

        emulation.Run(Picoseconds.Never);

        for (var index = 0; index < loads.Length; index++)
        {
            Assert.Equal(CustomerCount, sinks[index].Count);
            var expectedPs = ServicePs / (1 - loads[index]);
            Assert.InRange(sinks[index].MeanPs / expectedPs, 0.98, 1.02);
        }
    }

    /// <summary>A customer; its word is the time of its arrival.</summary>
    private sealed record Customer : IInternalMessage, IWordMessage
    {
        public static Customer Instance { get; } = new();
    }

    private sealed record Served : IInternalMessage, IWordMessage
    {
        public static Served Instance { get; } = new();
    }

    private sealed class System(double load, Action<Sink> made) : EmulatedActor
    {
        protected override void PreStart()
        {
            var sink = Spawn("sink", () =>
            {
                var actor = new Sink();
                made(actor);
                return actor;
            });
            var server = Spawn("server", () => new Server(sink));
            Spawn("source", () => new Source(server, (long)(ServicePs / load)));
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Source(IslandActorRef server, long meanGapPs) : EmulatedActor
    {
        private DeterministicRandom random = null!;
        private int left = CustomerCount;

        protected override void PreStart()
        {
            random = Island.Random.Fork("source");
            Send(Me, Customer.Instance, random.NextExponentialPs(meanGapPs));
        }

        protected override void OnReceive(object message)
        {
            Send(server, Customer.Instance, NowPs, NowPs);
            if (--left > 0)
                Send(Me, Customer.Instance, NowPs + random.NextExponentialPs(meanGapPs));
        }
    }

    private sealed class Server(IslandActorRef sink) : EmulatedActor
    {
        private readonly Queue<long> waiting = new();
        private DeterministicRandom random = null!;
        private long servedPs;
        private bool isBusy;

        protected override void PreStart() => random = Island.Random.Fork("server");

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Customer when isBusy:
                    waiting.Enqueue(Word);
                    break;
                case Customer:
                    Serve(Word);
                    break;
                case Served:
                    Send(sink, Served.Instance, NowPs, servedPs);
                    isBusy = false;
                    if (waiting.TryDequeue(out var next))
                        Serve(next);
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }

        private void Serve(long arrivedPs)
        {
            isBusy = true;
            servedPs = arrivedPs;
            Send(Me, Served.Instance, NowPs + random.NextExponentialPs(ServicePs));
        }
    }

    private sealed class Sink : EmulatedActor
    {
        private Int128 sumPs;

        public int Count { get; private set; }

        public double MeanPs => (double)sumPs / Count;

        protected override void OnReceive(object message)
        {
            Count++;
            sumPs += NowPs - Word;
        }
    }
}
