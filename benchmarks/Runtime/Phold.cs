using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Benchmarks.Runtime;

/// <summary>
/// PHOLD with the parameters that ROSS ships: one event per logical process, 25 % of the events
/// go to a process drawn uniformly, lookahead 1, exponential increments of mean 1.
/// </summary>
internal sealed class Phold : Benchmark
{
    private const long UnitPs = Picoseconds.PerMicrosecond;
    private const ulong RemotePercent = 25;
    private const int PerIsland = 128;

    // ROSS on two cores of such a machine: 2.5, 0.6 and 0.34 million events a second.
    private static readonly SortedDictionary<int, double> AimsInMillions = new()
    {
        [1_024] = 5,
        [16_384] = 3,
        [131_072] = 2,
    };

    public override Report Run(Request request)
    {
        request.AllowOnly("processes", "threads", "rounds");
        var counts = request.Numbers(
            "processes", 1, 1 << 22, [.. AimsInMillions.Keys]);
        var threadCounts = request.Numbers("threads", 1, 64, 1, 2);
        var rounds = request.Number("rounds", 1, 100, 3);
        var report = new Report(
            "phold: 1 event a process, 25 % remote, lookahead 1, run hash on", "placement",
            "processes", "threads", "M events/s", "M events/cpu s", "of 1 thread", "of the aim");
        foreach (var count in counts)
        {
            Add(report, "one island", count, count, [1], rounds);
            Add(report, $"islands of {PerIsland}", count, PerIsland, threadCounts, rounds);
        }

        return report;
    }

    private static void Add(
        Report report, string placement, int count, int perIsland, int[] threadCounts, int rounds)
    {
        var single = 0.0;
        foreach (var threads in threadCounts)
        {
            using var emulation = Build(count, perIsland, threads);
            var stepPs = Math.Max(UnitPs, UnitPs * 200_000 / count);
            var measured = Measured.Run(emulation, stepPs, 1, rounds);
            if (threads == 1)
                single = measured.Millions;
            var hasAim = AimsInMillions.TryGetValue(count, out var aim)
                && perIsland == PerIsland && threads == 1;
            report.Add(
                placement, count, threads, measured.Millions,
                measured.EventsPerProcessorSecond / 1e6,
                single > 0 ? measured.Millions / single : "",
                hasAim ? measured.Millions / aim : "");
        }
    }

    private static Emulation Build(int processCount, int perIsland, int threads)
    {
        var emulation = new Emulation(new EmulationOptions
        {
            Threads = threads,
            HashIntervalPs = 100 * UnitPs,
        });
        var processes = new IslandActorRef[processCount];
        var inputs = new InputPort[processCount];
        for (var first = 0; first < processCount; first += perIsland)
        {
            var share = Math.Min(perIsland, processCount - first);
            var island = emulation.AddIsland($"island-{first / perIsland}");
            var output = emulation.AddOutput(island, UnitPs);
            var start = first;
            island.SpawnRoot(
                ActorProps.Of(() => new Root(start, share, output, inputs)), "root");
            for (var index = 0; index < share; index++)
                processes[first + index] = island.ActorAt(index + 1)!;
        }

        for (var index = 0; index < processCount; index++)
            inputs[index] = emulation.AddInput(processes[index], Event.Instance);
        for (var index = 0; index < processCount; index++)
        {
            var island = processes[index].Island;
            var atPs = island.Random.Fork(index).NextExponentialPs(UnitPs);
            island.Schedule(atPs, processes[index], Event.Instance, null);
        }

        return emulation;
    }

    private sealed record Event() : CrossingMessage(CrossingKind.Ipc), IWordMessage
    {
        public static Event Instance { get; } = new();

        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    private sealed class Root(int first, int count, OutputPort output, InputPort[] inputs)
        : EmulatedActor
    {
        protected override void PreStart()
        {
            for (var index = 0; index < count; index++)
            {
                var number = first + index;
                Spawn($"process({number})", () => new Process(number, output, inputs));
            }
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Process : EmulatedActor
    {
        private readonly OutputPort output;
        private readonly InputPort[] inputs;
        private readonly DeterministicRandom random;

        public Process(int number, OutputPort output, InputPort[] inputs)
        {
            this.output = output;
            this.inputs = inputs;
            random = Island.Random.Fork(number);
        }

        protected override void OnReceive(object message)
        {
            var atPs = NowPs + UnitPs + random.NextExponentialPs(UnitPs);
            if (random.Below(100) < RemotePercent)
                output.SendWord(inputs[random.Below((ulong)inputs.Length)], atPs, 1);
            else
                Send(Me, message, atPs, 1);
        }
    }
}
