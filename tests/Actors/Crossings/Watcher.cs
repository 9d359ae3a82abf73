using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;

namespace Disguise.Actors.Tests.Crossings;

/// <summary>Counts what it sees on islands that run on one thread.</summary>
internal sealed class Watcher : ICrossingObserver, ILifecycleObserver, IDeliveryObserver
{
    public long CrossingCount { get; private set; }

    public long DeliveryCount { get; private set; }

    public Dictionary<LifecycleKind, int> Lives { get; } = [];

    public void Crossed(
        in Crossing crossing, CrossingMessage message, IslandActorRef to, long word) =>
        CrossingCount++;

    public void Happened(in LifecycleStep step) =>
        Lives[step.Kind] = Lives.GetValueOrDefault(step.Kind) + 1;

    public void Delivered(object message, int from, long timePs) => DeliveryCount++;
}
