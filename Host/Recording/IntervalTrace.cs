using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;

namespace Disguise.Host.Recording;

/// <summary>Keeps the crossings of one stretch of virtual time, island by island.</summary>
internal sealed class IntervalTrace
{
    private const int LimitPerIsland = 1 << 20;

    private readonly IReadOnlyList<Island> islands;
    private readonly List<(Crossing Crossing, string Kind)>[] crossings;

    public IntervalTrace(IReadOnlyList<Island> islands, long fromPs, long untilPs)
    {
        this.islands = islands;
        crossings = new List<(Crossing, string)>[islands.Count];
        for (var index = 0; index < islands.Count; index++)
        {
            crossings[index] = [];
            islands[index].Observer = new Watcher(crossings[index], fromPs, untilPs);
        }
    }

    /// <summary>
    /// The earliest crossing in which two runs differ, in words; null where none was kept.
    /// </summary>
    public static string? FirstDifference(IntervalTrace left, IntervalTrace right)
    {
        (long TimePs, string Text)? first = null;
        for (var island = 0; island < left.crossings.Length; island++)
        {
            var ours = left.crossings[island];
            var theirs = right.crossings[island];
            for (var index = 0; index < Math.Max(ours.Count, theirs.Count); index++)
            {
                if (index < ours.Count && index < theirs.Count
                    && ours[index].Crossing == theirs[index].Crossing)
                    continue;
                var timePs = Math.Min(TimeAt(ours, index), TimeAt(theirs, index));
                if (first is null || timePs < first.Value.TimePs)
                {
                    first = (timePs, left.Describe(island, ours, index) + "\n"
                        + right.Describe(island, theirs, index));
                }

                break;
            }
        }

        return first?.Text;
    }

    private static long TimeAt(List<(Crossing Crossing, string Kind)> crossings, int index) =>
        index < crossings.Count ? crossings[index].Crossing.TimePs : Picoseconds.Never;

    private string Describe(
        int island, List<(Crossing Crossing, string Kind)> kept, int index)
    {
        if (index >= kept.Count)
            return $"  {islands[island].Name}: nothing more";
        var (crossing, kind) = kept[index];
        return $"  {crossing.TimePs} ps {kind} "
            + $"{ActorAddress.Of(islands[island], crossing.From)} -> "
            + $"{ActorAddress.Of(islands[island], crossing.To)} {crossing.Content:x16}";
    }

    private sealed class Watcher(
        List<(Crossing Crossing, string Kind)> kept, long fromPs, long untilPs)
        : ICrossingObserver
    {
        public void Crossed(
            in Crossing crossing, CrossingMessage message, IslandActorRef to, long word)
        {
            if (crossing.TimePs >= fromPs && crossing.TimePs < untilPs
                && kept.Count < LimitPerIsland)
                kept.Add((crossing, message.Kind.Name));
        }
    }
}
