using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;

namespace Disguise.Actors.Wires;

/// <summary>
/// The end of a wire: arrivals become messages to one actor of the receiving island.
/// </summary>
public sealed class InputPort
{
    internal InputPort(int index, IslandActorRef target, object message)
    {
        Index = index;
        Target = target;
        Message = message;
        Island = target.Island;
        TargetOrdinal = target.Ordinal;
        LookaheadPs = Picoseconds.Never;
    }

    /// <summary>Index of the port in the experiment.</summary>
    public int Index { get; }

    /// <summary>The actor that receives.</summary>
    public IslandActorRef Target { get; }

    /// <summary>The message that an arrival delivers; the frame's handle is its word.</summary>
    public object Message { get; }

    // What a sender on another thread reads of the receiving island is kept here, since that
    // island's own lines of memory change while it runs.
    internal Island Island { get; }

    internal int TargetOrdinal { get; }

    internal int WorkerIndex { get; private set; }

    internal long LookaheadPs { get; private set; }

    internal int Identity => IslandActorRefs.PortBase + Index;

    internal void Place()
    {
        WorkerIndex = Island.WorkerIndex;
        LookaheadPs = Island.LookaheadPs;
    }
}
