using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Wires;
using Disguise.Hardware.Network;

namespace Disguise.Hardware.Tests.Network;

/// <summary>Stations around one switch, each end of a link its own island or all in one.</summary>
internal sealed class NetworkScene : IDisposable
{
    private readonly Emulation emulation;
    private SwitchActor? middle;

    public NetworkScene(
        int stationCount, LinkOptions options, long switchLatencyPs = 0, bool apart = true,
        int threads = 1, ulong seed = 1)
    {
        emulation = new Emulation(new EmulationOptions { Threads = threads, Seed = seed });
        var center = emulation.AddIsland("center");
        var switchLinks = new List<LinkActor>();
        var switchRef = center.SpawnRoot(
            ActorProps.Of(() => middle = new SwitchActor("switch", switchLatencyPs)), "switch");
        for (var number = 0; number < stationCount; number++)
        {
            var index = number;
            var island = apart ? emulation.AddIsland($"station-{number}") : center;
            Station? station = null;
            LinkActor? up = null;
            LinkActor? down = null;
            var upRef = island.SpawnRoot(
                ActorProps.Of(() => up = new LinkActor($"up[{index}]", options)), $"up({index})");
            var stationRef = island.SpawnRoot(
                ActorProps.Of(() => station = new Station(upRef)), $"station({index})");
            var downRef = center.SpawnRoot(
                ActorProps.Of(() => down = new LinkActor($"down[{index}]", options)),
                $"down({index})");
            var port = Middle.AddPort(downRef);
            up!.Connect(
                emulation.AddOutput(island, options.LookaheadPs),
                emulation.AddInput(switchRef, new NetworkProtocol.FrameArrival(port)),
                emulation.AddInput(switchRef, new NetworkProtocol.FrameArrival(port, true)));
            down!.Connect(
                emulation.AddOutput(center, options.LookaheadPs),
                emulation.AddInput(stationRef, new NetworkProtocol.FrameArrival(0)),
                emulation.AddInput(stationRef, new NetworkProtocol.FrameArrival(0, true)));
            Stations.Add(station!);
            Up.Add(up);
            Down.Add(down);
        }
    }

    public SwitchActor Middle => middle!;

    public List<Station> Stations { get; } = [];

    public List<LinkActor> Up { get; } = [];

    public List<LinkActor> Down { get; } = [];

    public Emulation Emulation => emulation;

    /// <summary>A station hands a frame to its link at a time.</summary>
    public void SendAt(long atPs, int station, byte[] frame)
    {
        var actor = Stations[station];
        actor.Island.Enter();
        actor.Island.Schedule(
            atPs, actor.Link, NetworkProtocol.Transmit.Instance, actor.Me,
            actor.Island.Frames.Take(frame));
    }

    public void SetDown(int station, long atPs, long untilPs)
    {
        var actor = Stations[station];
        actor.Island.Enter();
        actor.Island.Schedule(atPs, actor.Link, new LinkProtocol.SetDown(untilPs), actor.Me);
    }

    public NetworkScene Run(long untilPs)
    {
        emulation.Run(untilPs);
        emulation.FinishHash();
        return this;
    }

    public void Dispose() => emulation.Dispose();

    internal sealed class Station(IslandActorRef link) : EmulatedActor
    {
        public IslandActorRef Link { get; } = link;

        public List<(long TimePs, byte[] Frame, bool IsBad)> Arrived { get; } = [];

        protected override void OnReceive(object message)
        {
            if (message is not NetworkProtocol.FrameArrival arrival)
            {
                Unhandled(message);
                return;
            }

            Arrived.Add((NowPs, Island.Frames.Read(Word).ToArray(), arrival.HasBadFrameCheck));
            Island.Frames.Release(Word);
        }
    }
}
