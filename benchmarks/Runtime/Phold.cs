using System.Diagnostics;
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
internal static class Phold
{
    private const long UnitPs = Picoseconds.PerMicrosecond;
    private const ulong RemotePercent = 25;

    public static double Run(int processCount, int perIsland, int threads, double seconds)
    {
        using var emulation = new Emulation(new EmulationOptions
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
                processes[first + index] = island.Actors[index + 1];
        }

        for (var index = 0; index < processCount; index++)
            inputs[index] = emulation.AddInput(processes[index], Event.Instance);
        for (var index = 0; index < processCount; index++)
        {
            var island = processes[index].Island;
            island.Enter();
            var atPs = island.Random.Fork(index).NextExponentialPs(UnitPs);
            island.Schedule(atPs, processes[index], Event.Instance, null);
        }

        var stepPs = Math.Max(UnitPs, UnitPs * 200_000 / processCount);
        var untilPs = 4 * stepPs;
        emulation.Run(untilPs);
        var before = emulation.EventCount;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            untilPs += stepPs;
            emulation.Run(untilPs);
        }

        return (emulation.EventCount - before) / watch.Elapsed.TotalSeconds;
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
