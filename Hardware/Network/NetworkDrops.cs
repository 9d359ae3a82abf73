namespace Disguise.Hardware.Network;

/// <summary>Why links, switches and whoever receives from a wire drop frames.</summary>
public static class NetworkDrops
{
    /// <summary>The link's queue holds as much as it may.</summary>
    public static DropReason LinkQueueFull { get; } =
        DropReason.Define("link-queue-full", "the transmit queue of a link is full");

    /// <summary>The link is down.</summary>
    public static DropReason LinkDown { get; } =
        DropReason.Define("link-down", "the link is down");

    /// <summary>The link loses frames, as its loss says.</summary>
    public static DropReason LinkLoss { get; } =
        DropReason.Define("link-loss", "the link lost the frame");

    /// <summary>The frame check sequence does not fit the bytes.</summary>
    public static DropReason BadFrameCheck { get; } =
        DropReason.Define("bad-frame-check", "the receiver's frame check found damaged bytes");

    /// <summary>Shorter than an Ethernet frame may be.</summary>
    public static DropReason RuntFrame { get; } =
        DropReason.Define("runt-frame", "shorter than Ethernet's shortest frame");

    /// <summary>Longer than the receiver or the sender may handle.</summary>
    public static DropReason FrameTooLong { get; } =
        DropReason.Define("frame-too-long", "longer than the longest frame that is allowed");

    /// <summary>The destination is behind the very port that the frame came from.</summary>
    public static DropReason SamePort { get; } =
        DropReason.Define("same-port", "a switch knows the destination on the port of arrival");

    /// <summary>A flood that has no port to go to.</summary>
    public static DropReason NoPort { get; } =
        DropReason.Define("no-port", "a switch has no other port to send the frame to");
}
