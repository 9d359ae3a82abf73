using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Host.Reports;

namespace Disguise.Host.Explaining;

/// <summary>
/// Follows one request of one client: through wires and devices by the bytes of its frames, into
/// and out of memory by descriptor, between contexts and kernels by token, through each of them by
/// what it and the core under it did meanwhile. Runs on one thread only.
/// </summary>
internal sealed class RequestRecorder : IRequestObserver
{
    private readonly string uplink;
    private readonly long skipped;
    private readonly FollowedFrames frames;
    private readonly ActivityLog activities = new();
    private readonly HandOverLog handOvers = new();
    private readonly HashSet<Descriptor> received = [];
    private readonly Dictionary<string, Core> emulating = [];
    private readonly List<Stage> inbound = [];
    private readonly List<Stage> outbound = [];
    private Descriptor? reply;
    private long startPs = -1;
    private bool isAmidUplink;

    /// <summary>
    /// Follows a request of a client: the first after <see cref="BeginAt"/>, or a number of
    /// requests later. A request begins on the client's own link.
    /// </summary>
    public RequestRecorder(Ipv4Address client, string uplink, long skipped)
    {
        frames = new FollowedFrames(client, skipped);
        this.uplink = uplink;
        this.skipped = skipped;
    }

    /// <summary>Whether the request is under way.</summary>
    public bool IsFollowing => startPs >= 0 && !IsComplete;

    /// <summary>Whether the reply is there.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>When the client had the reply.</summary>
    public long EndPs { get; private set; }

    /// <summary>Requests sent before this time are not counted.</summary>
    public void BeginAt(long timePs) => frames.BeginAt(timePs);

    /// <inheritdoc/>
    public void FrameStage(
        Island island, long frame, string who, string what, long startPs, long endPs)
    {
        if (IsComplete)
            return;
        if (this.startPs < 0)
        {
            if (who != uplink)
                return;
            // A frame begins with its first stage there; propagation is its last.
            var isAmid = isAmidUplink;
            isAmidUplink = what != "propagation";
            if (isAmid || !frames.Begins(island.Frames.Read(frame), startPs))
                return;
            this.startPs = startPs;
            activities.KeepsAll = true;
        }
        else if (!frames.Contains(island.Frames.Read(frame)))
        {
            return;
        }

        var waitsFor = what == "queue" ? emulating.GetValueOrDefault(who) : null;
        (reply is null ? inbound : outbound).Add(
            new Stage(island, who, what, startPs, endPs, waitsFor));
        if (reply is not null && what == "propagation" && IsLastHop(who))
        {
            EndPs = endPs;
            IsComplete = true;
        }
    }

    /// <inheritdoc/>
    public void ReceiveDescriptorFilled(
        Island island, long frame, string function, int queue, int index)
    {
        if (!IsFollowing || !frames.Contains(island.Frames.Read(frame)))
            return;
        // From the card's own memory a core brings it into the tenant's.
        if (received.Count == 0 && emulating.TryGetValue(function, out var core))
        {
            var fromPs = inbound[^1].EndPs;
            inbound.Add(new Stage(island, function, "queue", fromPs, island.NowPs, core));
        }

        received.Add(new Descriptor(function, queue, index));
    }

    /// <inheritdoc/>
    public void FunctionEmulated(string address, string function, Core core)
    {
        emulating[address] = core;
        emulating[function] = core;
    }

    /// <inheritdoc/>
    public void ReceiveDescriptorTaken(object executor, string function, int queue, int index) =>
        HandOver(
            HandOverKind.DescriptorTaken, executor, new Descriptor(function, queue, index), 0, 0);

    /// <inheritdoc/>
    public void RequestQueued(object executor, long token, long atPs) =>
        HandOver(HandOverKind.Queued, executor, default, token, atPs);

    /// <inheritdoc/>
    public void RequestTaken(object executor, long token, long atPs) =>
        HandOver(HandOverKind.Taken, executor, default, token, atPs);

    /// <inheritdoc/>
    public void TransmitDescriptorPosted(
        object executor, string function, int queue, int index, long atPs) => HandOver(
            HandOverKind.DescriptorPosted, executor, new Descriptor(function, queue, index), 0,
            atPs);

    /// <inheritdoc/>
    public void TransmitDescriptorFetched(
        Island island, long frame, string function, int queue, int index)
    {
        if (IsFollowing && received.Count > 0 && frames.Contains(island.Frames.Read(frame)))
            reply ??= new Descriptor(function, queue, index);
    }

    /// <inheritdoc/>
    public void CoreOccupied(
        Core core, string who, string what, long count, long startPs, long durationPs)
    {
        if (!IsComplete)
            activities.Occupied(core, who, what, count, startPs, durationPs);
    }

    /// <inheritdoc/>
    public void Charged(
        CpuContext context, LedgerAccount account, CostKey key, long count, long startPs,
        long durationPs)
    {
        if (!IsComplete)
            activities.Charged(context, account, key, count, startPs, durationPs);
    }

    /// <summary>The request, once it is complete.</summary>
    public ExplainedRequest Explain(
        string architecture, string clientAddress, CrossingLog crossings)
    {
        if (!IsComplete)
            throw new InvalidOperationException("the request is not complete");
        var way = handOvers.WayOf(received, reply!.Value)
            ?? throw new InvalidOperationException(
                $"{architecture}: the reply in {reply} leads back to no request");
        var path = new RequestPath(activities, startPs);
        path.Through(inbound);
        path.Through(way);
        path.Through(outbound);
        return new ExplainedRequest(
            architecture, clientAddress, skipped + 1, startPs, EndPs, path.Steps)
        {
            Crossings = crossings.Of(
                [.. way.SelectMany(step => step.Executor.Actors).Distinct()],
                inbound[^1].EndPs, way[^1].AtPs, outbound[0].EndPs, EdgesOf(path.Steps)),
        };
    }

    /// <summary>The times at which something on the path begins or ends.</summary>
    private static HashSet<long> EdgesOf(IReadOnlyList<ExplainStep> steps)
    {
        var edges = new HashSet<long>();
        foreach (var step in steps.Where(step => step.OnCriticalPath))
        {
            edges.Add(step.StartPs);
            edges.Add(step.StartPs + step.DurationPs);
        }

        return edges;
    }

    private void HandOver(
        HandOverKind kind, object executor, Descriptor descriptor, long token, long atPs)
    {
        // What was handed over before the request came into memory was another's.
        if (IsFollowing && received.Count > 0 && reply is null)
            handOvers.Add(new HandOver(kind, Executor.Of(executor), descriptor, token, atPs));
    }

    /// <summary>The switch's links lead to stations; the reply's last one leads to the client.
    /// </summary>
    private static bool IsLastHop(string who) =>
        who.StartsWith("switch.link", StringComparison.Ordinal);
}
