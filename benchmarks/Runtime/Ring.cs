using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Benchmarks.Runtime;

/// <summary>Events a second around a ring of actors in one island, on one core.</summary>
internal sealed class Ring : Benchmark
{
    private const double AimMillions = 8;

    public override Report Run(Request request)
    {
        request.AllowOnly("actors", "tokens", "rounds");
        var actorCount = request.Number("actors", 2, 1_000_000, 1_000);
        var tokenCount = request.Number("tokens", 1, actorCount, Math.Min(100, actorCount));
        var rounds = request.Number("rounds", 1, 100, 5);
        var report = new Report(
            "ring: one island, one thread, run hash on", "way", "actors", "tokens",
            "M events/s", "M events/cpu s", "of the aim");
        foreach (var isDirect in new[] { true, false })
        {
            using var emulation = Build(actorCount, tokenCount, isDirect);
            var measured = Measured.Run(emulation, 10_000_000, 1, rounds);
            report.Add(
                isDirect ? "direct" : "mailbox", actorCount, tokenCount, measured.Millions,
                measured.EventsPerProcessorSecond / 1e6, measured.Millions / AimMillions);
        }

        return report;
    }

    private static Emulation Build(int actorCount, int tokenCount, bool isDirect)
    {
        var emulation = new Emulation(new EmulationOptions
        {
            Islands = new IslandOptions { DirectInvocation = isDirect },
        });
        var island = emulation.AddIsland("ring");
        var root = island.SpawnRoot(ActorProps.Of(() => new Root(actorCount)), "root");
        IslandActorRef[] actors = [.. island.Actors];
        for (var index = 1; index <= actorCount; index++)
        {
            var next = new Next(actors[(index % actorCount) + 1]);
            island.Schedule(0, actors[index], next, root);
        }

        for (var token = 0; token < tokenCount; token++)
        {
            var first = actors[1 + (int)((long)token * actorCount / tokenCount)];
            island.Schedule(1 + token, first, Token.Instance, root);
        }

        return emulation;
    }

    private sealed record Token() : CrossingMessage(CrossingKind.Ipc), IWordMessage
    {
        public static Token Instance { get; } = new();

        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    private sealed record Next(IslandActorRef Actor) : IInternalMessage;

    private sealed class Root(int count) : EmulatedActor
    {
        protected override void PreStart()
        {
            for (var index = 0; index < count; index++)
                Spawn($"node({index})", () => new Node());
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Node : EmulatedActor
    {
        private IslandActorRef next = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Token token:
                    Send(next, token, NowPs + 1_000, Word + 1);
                    break;
                case Next known:
                    next = known.Actor;
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
    }
}
