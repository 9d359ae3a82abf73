using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Clients;

/// <summary>
/// Loads tenants with UDP requests. A closed loop keeps a number of requests under way; an open
/// loop sends at times that do not depend on replies, and counts latency from when a request was
/// due. A client is not under test: it costs no time.
/// </summary>
public sealed class UdpLoadClient : EmulatedActor, IFrameSink
{
    private const int FirstCapacity = 4;

    private readonly UdpLoadSettings settings;
    private readonly ClientStation station;
    private readonly RequestBuilder builder;
    private readonly NetworkStack stack;
    private readonly TargetChooser chooser;
    private readonly DeterministicRandom random;
    private readonly OutstandingRequests requests;
    private ClientCounters counters;
    private long measureFromPs;
    private long measureUntilPs;
    private long startPs;
    private long duePs;
    private long nextNumber;
    private bool isRunning;
    private bool hasTimer;

    /// <summary>Makes a client; the builder is the group's.</summary>
    public UdpLoadClient(UdpLoadSettings settings, ClientStation station, RequestBuilder builder)
    {
        settings.Check();
        this.settings = settings;
        this.station = station;
        this.builder = builder;
        random = Island.Random.Fork(station.Address);
        chooser = new TargetChooser(settings, station.Number, random);
        requests = settings.Outstanding > 0
            ? new OutstandingRequests(settings.Outstanding, settings.Outstanding)
            : new OutstandingRequests(FirstCapacity, UdpLoadSettings.OutstandingLimit);
        stack = new NetworkStack(station.Mac, station.Ip);
        stack.Ports.Bind(station.Port, 0, out _);
    }

    /// <summary>What became of the requests so far.</summary>
    public ClientCounters Counters => counters;

    /// <summary>Frames that arrived.</summary>
    public PacketCounters Frames => stack.Counters;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NetworkProtocol.FrameArrival arrival:
                TakeFrame(Word, arrival.HasBadFrameCheck);
                break;
            case RequestDue:
                SendDueRequest();
                break;
            case Deadline:
                hasTimer = false;
                DropOverdue();
                break;
            case ClientProtocol.Start start:
                Start(start);
                break;
            case ClientProtocol.Stop:
                isRunning = false;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    bool IFrameSink.TrySend(ReadOnlySpan<byte> frame)
    {
        Send(station.Link, NetworkProtocol.Transmit.Instance, NowPs, Island.Frames.Take(frame));
        return true;
    }

    private void Start(ClientProtocol.Start start)
    {
        if (startPs != 0 || isRunning)
            throw new InvalidOperationException($"{station.Address} was started before");
        measureFromPs = start.MeasureFromPs;
        measureUntilPs = start.MeasureUntilPs;
        isRunning = true;
        startPs = NowPs;
        if (settings.Outstanding > 0)
        {
            for (nextNumber = 0; nextNumber < settings.Outstanding; nextNumber++)
                SendRequest(nextNumber, NowPs);
            return;
        }

        ScheduleNext();
    }

    /// <summary>
    /// Even arrivals of a group come every group interval: client i has every n-th of them. A
    /// Poisson process of the group is one of each client.
    /// </summary>
    private void ScheduleNext()
    {
        if (settings.EvenArrivals)
        {
            duePs = startPs + ((nextNumber * settings.ClientCount) + station.Number)
                * settings.GroupIntervalPs;
        }
        else
        {
            var earlierPs = nextNumber == 0 ? startPs : duePs;
            duePs = earlierPs
                + random.NextExponentialPs(settings.GroupIntervalPs * settings.ClientCount);
        }

        Send(Me, RequestDue.Instance, duePs);
    }

    private void SendDueRequest()
    {
        if (!isRunning)
            return;
        if (!requests.TryMakeRoom(nextNumber, out var leaving))
            Lose(leaving);
        SendRequest(nextNumber++, NowPs);
        ScheduleNext();
    }

    private void SendRequest(long number, long dueAtPs)
    {
        var target = chooser.Next();
        var to = settings.Targets[target];
        var endpoints = new UdpEndpoints(
            new Ipv4Endpoints(station.Mac, to.Mac, station.Ip, to.Ip), station.Port, to.Port);
        requests.Add(number, dueAtPs, target);
        counters.Sent++;
        var frame = builder.Build(Island.Frames, endpoints, station.Number, number);
        Send(station.Link, NetworkProtocol.Transmit.Instance, NowPs, frame);
        ArmTimer();
    }

    private void TakeFrame(long frame, bool isDamaged)
    {
        if (isDamaged)
        {
            stack.Counters.CountReceived();
            stack.Counters.CountDropped(NetworkDrops.BadFrameCheck);
        }
        else
        {
            var reception = stack.Receive(new StoredFrame(Island.Frames, frame), this, NowPs);
            if (reception.Kind == ReceptionKind.Datagram)
                TakeReply(frame, reception);
        }

        Island.Frames.Release(frame);
    }

    private void TakeReply(long frame, in Reception reception)
    {
        var reply = Island.Frames.Read(frame)
            .Slice(reception.PayloadOffsetBytes, reception.PayloadBytes);
        if (!TryMatch(reply, reception.Endpoints, out var number))
        {
            counters.Unexpected++;
            return;
        }

        requests.TryFind(number, out var target);
        var duePs = requests.Remove(number);
        counters.Received++;
        if (!builder.IsEcho(reply))
            counters.Wrong++;
        if (IsMeasured)
        {
            counters.MeasuredReceived++;
            settings.Latencies?.Record(
                settings.Group, new TimedReply(station.Number, target, duePs, NowPs));
        }

        GoOnAfter(number);
    }

    private bool TryMatch(ReadOnlySpan<byte> reply, in UdpEndpoints from, out long number)
    {
        if (builder.HasNumbers)
        {
            return builder.TryReadNumber(reply, station.Number, out number)
                && requests.TryFind(number, out var target)
                && IsFrom(settings.Targets[target], from);
        }

        // Too short for a number: replies of one target come in the order of the requests.
        for (var target = 0; target < settings.Targets.Count; target++)
        {
            if (!IsFrom(settings.Targets[target], from))
                continue;
            number = requests.OldestTo(target);
            return number >= 0;
        }

        number = -1;
        return false;
    }

    private static bool IsFrom(in TargetEndpoint target, in UdpEndpoints reply) =>
        reply.Hosts.Source == target.Ip && reply.SourcePort == target.Port;

    private void Lose(long number)
    {
        requests.Remove(number);
        counters.Lost++;
        if (IsMeasured)
            counters.MeasuredLost++;
    }

    private void DropOverdue()
    {
        while (requests.TryPeekOldest(out var number, out var sentPs)
            && sentPs + settings.TimeoutPs <= NowPs)
        {
            Lose(number);
            GoOnAfter(number);
        }

        ArmTimer();
    }

    /// <summary>A closed loop sends the next request in the place of one that ended.</summary>
    private void GoOnAfter(long number)
    {
        if (isRunning && settings.Outstanding > 0)
            SendRequest(number + settings.Outstanding, NowPs);
    }

    private void ArmTimer()
    {
        if (hasTimer || !requests.TryPeekOldest(out _, out var oldestPs))
            return;
        hasTimer = true;
        Send(Me, Deadline.Instance, oldestPs + settings.TimeoutPs);
    }

    private bool IsMeasured => NowPs >= measureFromPs && NowPs < measureUntilPs;

    /// <summary>The next request of an open loop is due.</summary>
    private sealed record RequestDue : IInternalMessage
    {
        public static RequestDue Instance { get; } = new();
    }

    /// <summary>The oldest request of some time ago is overdue now, if it still waits.</summary>
    private sealed record Deadline : IInternalMessage
    {
        public static Deadline Instance { get; } = new();
    }
}
