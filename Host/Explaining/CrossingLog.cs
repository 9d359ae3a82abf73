using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Host.Experiments;
using Disguise.Host.Recording;
using Disguise.Host.Reports;

namespace Disguise.Host.Explaining;

/// <summary>
/// The crossings between protection domains, and into device registers, while a request is
/// followed.
/// </summary>
internal sealed class CrossingLog : ICrossingObserver
{
    /// <summary>How many are kept.</summary>
    private const int Limit = 1 << 20;

    private readonly RequestRecorder recorder;
    private readonly IReadOnlyList<Island> islands;
    private readonly List<(Crossing Crossing, CrossingKind Kind)> crossings = [];

    /// <summary>Watches all islands of an emulation that runs on one thread.</summary>
    public CrossingLog(RequestRecorder recorder, IReadOnlyList<Island> islands)
    {
        this.recorder = recorder;
        this.islands = islands;
        foreach (var island in islands)
            island.Observer = this;
    }

    /// <inheritdoc/>
    public void Crossed(
        in Crossing crossing, CrossingMessage message, IslandActorRef to, long word)
    {
        var kind = message.Kind;
        if (!recorder.IsFollowing
            || kind.Class is not (CrossingClass.Protection or CrossingClass.MappedRegister))
            return;
        if (crossings.Count == Limit)
        {
            throw new ExperimentError(
                "explain", $"more than {Limit} crossings while the request was under way",
                "an earlier --request, or less load");
        }

        crossings.Add((crossing, kind));
    }

    /// <summary>
    /// Those from or to some actors from a time on, in order of time: between domains until the
    /// reply left the last of them, into registers until its doorbell reached the device. One that
    /// meets no edge of the path's steps is that of another request with the same servers.
    /// </summary>
    public IReadOnlyList<ExplainedCrossing> Of(
        IReadOnlyCollection<IslandActorRef> actors, long fromPs, long leftPs, long doorbellPs,
        HashSet<long> edgesPs) =>
        [.. crossings
            .Where(kept => kept.Crossing.TimePs >= fromPs && kept.Crossing.TimePs
                <= (kept.Kind.Class == CrossingClass.Protection ? leftPs : doorbellPs))
            .Where(kept => edgesPs.Contains(kept.Crossing.TimePs))
            .Where(kept => actors.Any(actor => actor.Island.Index == kept.Crossing.Island
                && (actor.Ordinal == kept.Crossing.From || actor.Ordinal == kept.Crossing.To)))
            .Select(kept => new ExplainedCrossing(
                kept.Crossing.TimePs, kept.Kind.Name,
                AddressOf(kept.Crossing.Island, kept.Crossing.From),
                AddressOf(kept.Crossing.Island, kept.Crossing.To),
                kept.Kind.Class == CrossingClass.Protection))];

    private string AddressOf(int island, int identity) =>
        ActorAddress.Of(islands[island], identity);
}
