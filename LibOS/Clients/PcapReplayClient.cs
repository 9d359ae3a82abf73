using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Hardware.Captures;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Clients;

/// <summary>
/// Sends the frames of a capture at their own times, or faster, and counts what comes back. It
/// costs no time.
/// </summary>
public sealed class PcapReplayClient : EmulatedActor, IFrameSink
{
    private readonly PcapReplaySettings settings;
    private readonly ClientStation station;
    private readonly NetworkStack stack;
    private long startPs;
    private int next;
    private bool isRunning;

    /// <summary>Makes a client.</summary>
    public PcapReplayClient(PcapReplaySettings settings, ClientStation station)
    {
        if (settings.Speed is not (> 0 and <= 1e6))
            throw new ArgumentException($"a replay's speed is {settings.Speed}", nameof(settings));
        this.settings = settings;
        this.station = station;
        stack = new NetworkStack(station.Mac, station.Ip);
    }

    /// <summary>Frames sent.</summary>
    public long SentCount { get; private set; }

    /// <summary>
    /// Frames left out: not wholly captured, or longer than Ethernet's longest.
    /// </summary>
    public long SkippedCount { get; private set; }

    /// <summary>Frames that came back to this station and were sound.</summary>
    public long ReplyCount { get; private set; }

    /// <summary>Frames that arrived.</summary>
    public PacketCounters Frames => stack.Counters;

    /// <summary>Whether all frames have been sent or left out.</summary>
    public bool IsDone => next == settings.Frames.Count;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FrameDue:
                SendNext();
                break;
            case NetworkProtocol.FrameArrival arrival:
                TakeFrame(Word, arrival.HasBadFrameCheck);
                break;
            case ClientProtocol.Start:
                isRunning = true;
                startPs = NowPs;
                ScheduleNext();
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
        Transmit(frame);
        return true;
    }

    /// <summary>A frame that stands in the file after a later one is sent at once.</summary>
    private void ScheduleNext()
    {
        if (IsDone)
            return;
        var sincePs = settings.Frames[next].TimePs - settings.Frames[0].TimePs;
        var duePs = startPs + (long)(Math.Max(0, sincePs) / settings.Speed);
        Send(Me, FrameDue.Instance, Math.Max(NowPs, duePs));
    }

    private void SendNext()
    {
        if (!isRunning)
            return;
        var captured = settings.Frames[next++];
        if (captured.IsComplete && captured.Bytes.Length is
            >= EthernetHeader.LengthBytes and <= EthernetLimits.MaximumTaggedFrameBytes)
        {
            SendCaptured(captured);
        }
        else
        {
            SkippedCount++;
        }

        ScheduleNext();
    }

    private void SendCaptured(CapturedFrame captured)
    {
        Span<byte> room = stackalloc byte[EthernetLimits.MaximumTaggedFrameBytes];
        room.Clear();
        var length = Math.Max(captured.Bytes.Length, EthernetLimits.MinimumFrameBytes);
        captured.Bytes.Span.CopyTo(room);
        if (settings.Targets.Count > 0)
        {
            FrameRewriter.Readdress(
                room[..length], station,
                settings.Targets[station.Number % settings.Targets.Count]);
        }

        SentCount++;
        Transmit(room[..length]);
    }

    private void TakeFrame(long frame, bool isDamaged)
    {
        var bytes = Island.Frames.Read(frame);
        FrameParser.TryRead(bytes, out var fields);
        if (fields.EtherType == EtherType.Arp && !isDamaged)
            stack.Receive(new StoredFrame(Island.Frames, frame), this, NowPs);
        else
            CountReply(bytes, fields, isDamaged);
        Island.Frames.Release(frame);
    }

    /// <summary>
    /// Of frames sent as captured, replies go to the stations of the capture, which the switch
    /// has learned to be here.
    /// </summary>
    private void CountReply(ReadOnlySpan<byte> bytes, in FrameFields fields, bool isDamaged)
    {
        Frames.CountReceived();
        const ChecksumStatus Errors = ChecksumStatus.NetworkError | ChecksumStatus.TransportError;
        var isHere = fields.DestinationMac == station.Mac
            || (settings.Targets.Count == 0 && fields.DestinationMac.IsUnicast);
        if (isDamaged)
        {
            Frames.CountDropped(NetworkDrops.BadFrameCheck);
        }
        else if (!isHere)
        {
            Frames.CountDropped(StackDrops.ForeignStation);
        }
        else if ((ChecksumOffload.Verify(bytes, fields) & Errors) != 0)
        {
            Frames.CountDropped(StackDrops.BadChecksum);
        }
        else
        {
            Frames.CountSent();
            ReplyCount++;
        }
    }

    private void Transmit(ReadOnlySpan<byte> frame) => Send(
        station.Link, NetworkProtocol.Transmit.Instance, NowPs, Island.Frames.Take(frame));

    /// <summary>The next frame is due.</summary>
    private sealed record FrameDue : IInternalMessage
    {
        public static FrameDue Instance { get; } = new();
    }
}
