namespace Disguise.Hardware.Wire;

/// <summary>
/// Sizes of a frame on the medium (IEEE 802.3 clauses 3 and 4.4.2), in bytes. Frames in this
/// emulator carry no frame check sequence, as in captures; only their time on the wire includes it.
/// </summary>
public static class EthernetLimits
{
    /// <summary>Preamble (7) and start-of-frame delimiter (1).</summary>
    public const int PreambleBytes = 8;

    /// <summary>Frame check sequence.</summary>
    public const int FrameCheckSequenceBytes = 4;

    /// <summary>Least silence between two frames (96 bit times).</summary>
    public const int InterFrameGapBytes = 12;

    /// <summary>Shortest frame, without its frame check sequence.</summary>
    public const int MinimumFrameBytes = 60;

    /// <summary>Longest untagged frame, without its frame check sequence.</summary>
    public const int MaximumFrameBytes = 1_514;

    /// <summary>Longest frame with an 802.1Q tag, without its frame check sequence.</summary>
    public const int MaximumTaggedFrameBytes = MaximumFrameBytes + VlanTag.LengthBytes;

    /// <summary>Longest payload of an Ethernet II frame.</summary>
    public const int MaximumPayloadBytes = MaximumFrameBytes - EthernetHeader.LengthBytes;

    /// <summary>
    /// Bytes of time that a frame takes from its own start to the earliest start of the next one:
    /// preamble, frame padded to the minimum, frame check sequence, inter-frame gap.
    /// </summary>
    /// <param name="frameBytes">Length of the frame without its frame check sequence.</param>
    public static int OnWireBytes(int frameBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frameBytes);
        return checked(PreambleBytes + Math.Max(frameBytes, MinimumFrameBytes)
            + FrameCheckSequenceBytes + InterFrameGapBytes);
    }
}
