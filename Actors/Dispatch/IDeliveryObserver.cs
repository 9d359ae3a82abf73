namespace Disguise.Actors.Dispatch;

/// <summary>Counts the messages that the dispatcher delivers to one actor.</summary>
public interface IDeliveryObserver
{
    /// <summary>Called before the actor sees the message; must change nothing in the island.
    /// </summary>
    void Delivered(object message, int from, long timePs);
}
