using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Host.Reports;

namespace Disguise.Host.Explaining;

/// <summary>
/// Follows one request of one client: through wires and devices by the bytes of its frames, into
/// and out of memory by descriptor, through a library by what its context is charged in between.
/// Runs on one thread only.
/// </summary>
public sealed class RequestRecorder : IRequestObserver
{
    private readonly Ipv4Address client;
    private readonly string uplink;
    private readonly long skipped;
    private readonly Dictionary<CpuContext, ChargeWindow> windows = [];
    private readonly Dictionary<Core, ChargeWindow> cores = [];
    private readonly RequestTimeline timeline = new();
    private readonly HashSet<(string Function, int Queue, int Index)> filled = [];
    private readonly HashSet<(string Function, int Queue, int Index)> posted = [];
    private long frames;
    private long beginPs = long.MaxValue;
    private object? serving;
    private long? queued;
    private bool replied;
    private int sequenceOffset = -1;
    private ulong sequence;

    /// <summary>
    /// Follows a request of a client: the first after <see cref="BeginAt"/>, or a number of
    /// requests later. A request begins on the client's own link.
    /// </summary>
    public RequestRecorder(Ipv4Address client, string uplink, long skipped)
    {
        this.client = client;
        this.uplink = uplink;
        this.skipped = skipped;
    }

    /// <summary>Requests sent before this time are not counted.</summary>
    public void BeginAt(long timePs) => beginPs = timePs;

    /// <summary>Whether the reply is there.</summary>
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public void FrameStage(
        Island island, long frame, string who, string what, long startPs, long endPs)
    {
        if (IsComplete || !IsFollowed(island.Frames.Read(frame), who == uplink ? startPs : -1))
            return;
        timeline.Extend(startPs, endPs - startPs, who, what, KindOf(what));
        if (replied && what == "propagation" && IsLastHop(who))
        {
            EndPs = endPs;
            IsComplete = true;
        }
    }

    /// <inheritdoc/>
    public void ReceiveDescriptorFilled(
        Island island, long frame, string function, int queue, int index)
    {
        if (!IsComplete && IsFollowed(island.Frames.Read(frame), -1))
            filled.Add((function, queue, index));
    }

    /// <inheritdoc/>
    public void ReceiveDescriptorTaken(
        object executor, string function, int queue, int index)
    {
        if (!IsComplete && filled.Remove((function, queue, index)))
            Serve(executor);
    }

    /// <inheritdoc/>
    public void RequestQueued(object executor, long token, long atPs)
    {
        if (IsComplete || !ReferenceEquals(serving, executor) || replied)
            return;
        queued = token;
        serving = null;
    }

    /// <inheritdoc/>
    public void RequestTaken(object executor, long token, long atPs)
    {
        if (IsComplete || queued != token)
            return;
        queued = null;
        Serve(executor);
    }

    /// <inheritdoc/>
    public void CoreOccupied(
        Core core, string who, string what, long startPs, long durationPs)
    {
        if (IsComplete || durationPs == 0)
            return;
        if (!cores.TryGetValue(core, out var window))
            cores.Add(core, window = new ChargeWindow());
        window.Add(startPs, durationPs, who, what);
        if (ReferenceEquals(serving, core)
            || (serving is CpuContext context && ReferenceEquals(context.Core, core)))
            timeline.Extend(startPs, durationPs, who, what, "charge");
    }

    /// <inheritdoc/>
    public void TransmitDescriptorPosted(
        object executor, string function, int queue, int index, long atPs)
    {
        if (IsComplete || !ReferenceEquals(serving, executor) || replied)
            return;
        posted.Add((function, queue, index));
        replied = true;
        serving = null;
    }

    /// <inheritdoc/>
    public void TransmitDescriptorFetched(
        Island island, long frame, string function, int queue, int index) =>
        posted.Remove((function, queue, index));

    /// <inheritdoc/>
    public void Charged(
        CpuContext context, LedgerAccount account, CostKey key, long startPs, long durationPs)
    {
        if (IsComplete || durationPs == 0)
            return;
        if (!windows.TryGetValue(context, out var window))
            windows.Add(context, window = new ChargeWindow());
        window.Add(startPs, durationPs, account.Who, key.Name);
        if (ReferenceEquals(serving, context))
            timeline.Extend(startPs, durationPs, account.Who, key.Name, "charge");
    }

    /// <summary>When the client had the reply.</summary>
    public long EndPs { get; private set; }

    /// <summary>The request, once it is complete.</summary>
    public ExplainedRequest Explain(string architecture, string clientAddress)
    {
        if (!IsComplete)
            throw new InvalidOperationException("the request is not complete");
        return new ExplainedRequest(
            architecture, clientAddress, skipped + 1, timeline.StartPs, EndPs, timeline.Steps);
    }

    /// <summary>The switch's links lead to stations; the reply's last one leads to the client.
    /// </summary>
    private static bool IsLastHop(string who) =>
        who.StartsWith("switch.link", StringComparison.Ordinal);

    /// <summary>
    /// An executor goes on with the request: what it and the core under it did since the request
    /// came to it is why it was not served at once.
    /// </summary>
    private void Serve(object executor)
    {
        foreach (var charge in ChargesBefore(executor, timeline.ReachedPs))
        {
            var startPs = Math.Max(charge.StartPs, timeline.ReachedPs);
            timeline.Extend(
                startPs, charge.StartPs + charge.DurationPs - startPs, charge.Who,
                charge.What, charge.What == DeviceCosts.MsiXDelivery.Name ? "device" : "charge");
        }

        serving = executor;
    }

    private List<ChargeWindow.Charge> ChargesBefore(object executor, long sincePs)
    {
        var charges = new List<ChargeWindow.Charge>();
        var context = executor as CpuContext;
        if (context is not null && windows.TryGetValue(context, out var own))
            charges.AddRange(own.After(sincePs));
        if ((executor as Core ?? context?.Core) is { } core
            && cores.TryGetValue(core, out var kernels))
            charges.AddRange(kernels.After(sincePs));
        charges.Sort((left, right) => left.StartPs.CompareTo(right.StartPs));
        return charges;
    }

    private static string KindOf(string what) =>
        what is "propagation" or "link serialisation" ? "wire"
        : what == "queue" ? "wait" : "device";

    /// <summary>
    /// Whether a frame belongs to the request: from or to the client, with the same first bytes of
    /// payload as the frame that began it.
    /// </summary>
    private bool IsFollowed(ReadOnlySpan<byte> frame, long startPs)
    {
        if (!FrameParser.TryRead(frame, out var fields) || !fields.HasPorts)
            return false;
        if (!timeline.HasBegun)
        {
            if (startPs < 0 || startPs < beginPs || fields.Source != client)
                return false;
            // One frame has several stages; the first of each is its serialisation.
            var number = SequenceOf(frame, fields);
            if (sequenceOffset >= 0 && number == sequence)
                return false;
            sequenceOffset = fields.PayloadOffset;
            sequence = number;
            if (frames++ < skipped)
                return false;
            timeline.Begin(startPs);
            return true;
        }

        return (fields.Source == client || fields.Destination == client)
            && SequenceOf(frame, fields) == sequence;
    }

    private static ulong SequenceOf(ReadOnlySpan<byte> frame, in FrameFields fields)
    {
        var payload = frame[fields.PayloadOffset..fields.EndOffset];
        return Actors.Crossings.Digest.Of(payload[..Math.Min(16, payload.Length)]);
    }
}
