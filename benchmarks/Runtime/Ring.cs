using System.Diagnostics;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Benchmarks.Runtime;

/// <summary>Events a second around a ring of actors in one island, on one core.</summary>
internal static class Ring
{
    public static double Run(int actorCount, int tokenCount, double seconds)
    {
        using var emulation = new Emulation(new EmulationOptions());
        var island = emulation.AddIsland("ring");
        var root = island.SpawnRoot(ActorProps.Of(() => new Root(actorCount)), "root");
        var actors = island.Actors;
        for (var index = 1; index <= actorCount; index++)
        {
            var actor = actors[index];
            island.Schedule(0, actor, new Next(actors[(index % actorCount) + 1]), root);
        }

        for (var token = 0; token < tokenCount; token++)
            island.Schedule(1 + token, actors[1 + (token * actorCount / tokenCount)],
                Token.Instance, root);
        var untilPs = 10_000_000L;
        emulation.Run(untilPs);
        var before = emulation.EventCount;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            untilPs += 10_000_000L;
            emulation.Run(untilPs);
        }

        return (emulation.EventCount - before) / watch.Elapsed.TotalSeconds;
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
