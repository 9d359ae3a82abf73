using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Wires;
using Disguise.Hardware.Observation;

namespace Disguise.Hardware.Network;

/// <summary>
/// One direction of a link: takes frames from a station, a NIC or a switch port, serialises them
/// one after the other, and brings each to the far end after the propagation time. Its queue is
/// bounded in bytes.
/// </summary>
public sealed class LinkActor : EmulatedActor
{
    private readonly string address;
    private readonly LinkOptions options;
    private readonly long longestWaitPs;
    private readonly DeterministicRandom random;
    private readonly IRequestObserver? requests;
    private OutputPort? port;
    private InputPort? farEnd;
    private InputPort? farEndDamaged;
    private IFrameTap? tap;
    private FrameDirection tapDirection;
    private long freePs;
    private long downUntilPs;

    /// <summary>Makes a link that is not connected yet.</summary>
    public LinkActor(string address, LinkOptions options, IRequestObserver? requests = null)
    {
        this.address = address;
        this.options = options;
        this.requests = requests;
        longestWaitPs = Actors.Time.Picoseconds.ToSerialise(
            8 * options.QueueBytes, options.BitsPerSecond);
        random = Island.Random.Fork(address);
    }

    /// <summary>What went through.</summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>What it is.</summary>
    public LinkOptions Options => options;

    /// <summary>
    /// Connects the far end: where frames arrive, and where those arrive whose bytes the wire has
    /// damaged. Call while the network is assembled.
    /// </summary>
    public void Connect(OutputPort output, InputPort to, InputPort toDamaged)
    {
        port = output;
        farEnd = to;
        farEndDamaged = toDamaged;
    }

    /// <summary>Records the frames as they leave (sent) or arrive (received).</summary>
    public void Tap(IFrameTap frameTap, FrameDirection direction)
    {
        tap = frameTap;
        tapDirection = direction;
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NetworkProtocol.Transmit:
                Transmit(Word);
                break;
            case LinkProtocol.SetDown down:
                downUntilPs = down.UntilPs;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Transmit(long frame)
    {
        Counters.CountReceived();
        var nowPs = NowPs;
        var startPs = Math.Max(nowPs, freePs);
        if (nowPs < downUntilPs)
        {
            Drop(frame, NetworkDrops.LinkDown);
            return;
        }

        if (startPs - nowPs > longestWaitPs)
        {
            Drop(frame, NetworkDrops.LinkQueueFull);
            return;
        }

        var length = Island.Frames.Read(frame).Length;
        freePs = startPs + options.TimeOccupiedPs(length);
        if (options.Loss.Draw(random))
        {
            Drop(frame, NetworkDrops.LinkLoss);
            return;
        }

        var lastBitPs = startPs + options.TimeToLastBitPs(length);
        var arrivalPs = lastBitPs + options.LatencyPs;
        Observe(frame, nowPs, startPs, lastBitPs, arrivalPs);
        if (options.Reordering.Draw(random))
            arrivalPs += options.ReorderingDelayPs;
        var to = farEnd ?? throw new InvalidOperationException($"{address} is not connected");
        if (options.Corruption.Draw(random))
        {
            frame = Damage(frame);
            to = farEndDamaged!;
        }

        Counters.CountSent();
        port!.SendFrame(to, arrivalPs, frame);
    }

    private void Observe(
        long frame, long nowPs, long startPs, long lastBitPs, long arrivalPs)
    {
        tap?.Passed(
            tapDirection == FrameDirection.Sent ? startPs : arrivalPs,
            Island.Frames.Read(frame), tapDirection);
        if (requests is null)
            return;
        if (startPs > nowPs)
            requests.FrameStage(Island, frame, address, "queue", nowPs, startPs);
        requests.FrameStage(Island, frame, address, "link serialisation", startPs, lastBitPs);
        requests.FrameStage(Island, frame, address, "propagation", lastBitPs, arrivalPs);
    }

    private long Damage(long frame)
    {
        var copy = Island.Frames.Take(Island.Frames.Read(frame));
        Island.Frames.Release(frame);
        var bytes = Island.Frames.Write(copy);
        var bit = (int)random.Below((ulong)bytes.Length * 8);
        bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
        return copy;
    }

    private void Drop(long frame, DropReason reason)
    {
        Counters.CountDropped(reason);
        Island.Frames.Release(frame);
    }
}
