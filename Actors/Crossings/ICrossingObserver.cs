using Disguise.Actors.Dispatch;

namespace Disguise.Actors.Crossings;

/// <summary>Watches the crossings of an island. Watching never changes the run.</summary>
public interface ICrossingObserver
{
    /// <summary>Called as a crossing is delivered.</summary>
    void Crossed(in Crossing crossing, CrossingMessage message, IslandActorRef to, long word);
}
