using Disguise.Actors.Time;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Network;

/// <summary>One direction of a link.</summary>
public sealed record LinkOptions
{
    /// <summary>Bandwidth, 1 and up.</summary>
    public long BitsPerSecond { get; init; } = 10_000_000_000;

    /// <summary>Propagation, 0 and up.</summary>
    public long LatencyPs { get; init; } = 450 * Picoseconds.PerNanosecond;

    /// <summary>Bytes on the wire that may wait for the link; what is more is dropped.</summary>
    public long QueueBytes { get; init; } = 512 << 10;

    /// <summary>Share of the frames that are lost.</summary>
    public Share Loss { get; init; }

    /// <summary>Share of the frames in which a bit is flipped.</summary>
    public Share Corruption { get; init; }

    /// <summary>Share of the frames that arrive late, behind others.</summary>
    public Share Reordering { get; init; }

    /// <summary>How much later such a frame arrives.</summary>
    public long ReorderingDelayPs { get; init; } = 20 * Picoseconds.PerMicrosecond;

    /// <summary>
    /// Least time from handing a frame over to its last bit's arrival: Ethernet's shortest frame
    /// on an idle link.
    /// </summary>
    public long LookaheadPs => LatencyPs + TimeToLastBitPs(EthernetLimits.MinimumFrameBytes);

    /// <summary>Time from a frame's first bit to its last, preamble and check sequence included.
    /// </summary>
    public long TimeToLastBitPs(int frameBytes) => Picoseconds.ToSerialise(
        8L * (EthernetLimits.OnWireBytes(frameBytes) - EthernetLimits.InterFrameGapBytes),
        BitsPerSecond);

    /// <summary>Time for which a frame occupies the link, the gap behind it included.</summary>
    public long TimeOccupiedPs(int frameBytes) => Picoseconds.ToSerialise(
        8L * EthernetLimits.OnWireBytes(frameBytes), BitsPerSecond);
}
