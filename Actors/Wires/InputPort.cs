using Disguise.Actors.Dispatch;

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
    }

    /// <summary>Index of the port in the experiment.</summary>
    public int Index { get; }

    /// <summary>The actor that receives.</summary>
    public IslandActorRef Target { get; }

    /// <summary>The message that an arrival delivers; the frame's handle is its word.</summary>
    public object Message { get; }

    internal int Identity => IslandActorRefs.PortBase + Index;
}
