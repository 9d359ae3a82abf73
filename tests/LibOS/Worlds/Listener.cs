using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Network;

namespace Disguise.LibOS.Tests.Worlds;

/// <summary>A station that keeps the frames it gets, up to a number of them.</summary>
internal sealed class Listener(IslandActorRef link, int keptLimit = 4_096) : EmulatedActor
{
    public IslandActorRef Link => link;

    public List<byte[]> Frames { get; } = [];

    public long Count { get; private set; }

    protected override void OnReceive(object message)
    {
        if (message is not NetworkProtocol.FrameArrival)
            Unhandled(message);
        Count++;
        if (Frames.Count < keptLimit)
            Frames.Add(Island.Frames.Read(Word).ToArray());
        Island.Frames.Release(Word);
    }
}
