using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Network;

namespace Disguise.Specification.Worlds;

/// <summary>Sends what it was told at the times it was told, and keeps what arrives.</summary>
internal sealed class Station(IslandActorRef link) : EmulatedActor
{
    private readonly List<Request> requests = [];
    private readonly List<Arrival> arrivals = [];

    /// <summary>What arrived, in order.</summary>
    public IReadOnlyList<Arrival> Arrivals => arrivals;

    /// <summary>What it was told to send, in the order of their times.</summary>
    public IReadOnlyList<Request> Requests => requests;

    /// <summary>Frames that came damaged.</summary>
    public int DamagedCount { get; private set; }

    /// <summary>Plans requests; their times are to come.</summary>
    public void Plan(IEnumerable<Request> planned)
    {
        Island.Enter();
        foreach (var request in planned)
        {
            requests.Add(request);
            Island.Schedule(request.AtPs, Me, Due.Instance, null, requests.Count - 1);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Due:
                var frame = Island.Frames.Take(requests[(int)Word].Frame);
                Send(link, NetworkProtocol.Transmit.Instance, NowPs, frame);
                break;
            case NetworkProtocol.FrameArrival arrival:
                if (arrival.HasBadFrameCheck)
                    DamagedCount++;
                arrivals.Add(new Arrival(NowPs, Island.Frames.Read(Word).ToArray()));
                Island.Frames.Release(Word);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private sealed record Due : IInternalMessage, IWordMessage
    {
        public static Due Instance { get; } = new();
    }
}
