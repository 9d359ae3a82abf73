using Akka.Actor;

namespace Disguise.Actors.Crossings;

/// <summary>The messages that are delivered without being crossings.</summary>
public static class InternalMessages
{
    /// <summary>Whether a message may be delivered without being a crossing.</summary>
    public static bool Contains(object message) =>
        message is IInternalMessage or Terminated or IWrappedMessage or IAutoReceivedMessage;

    /// <summary>The name under which deliveries of a message are counted.</summary>
    public static string NameOf(object message) => message.GetType().Name;
}
