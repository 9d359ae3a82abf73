namespace Disguise.Kernels.Exokernel.Network;

/// <summary>What a binding of the shared card has beside one of a virtual function.</summary>
/// <param name="Match">The frames that are for it.</param>
/// <param name="Rings">Where they go, and where it sends from.</param>
/// <param name="BitsPerSecond">Rate at which it may send; 0 for the link's.</param>
internal sealed record SharedBinding(PacketMatch Match, PacketRings Rings, long BitsPerSecond)
{
    /// <summary>The tail of the transmit ring that the environment told last.</summary>
    public int Tail { get; set; }

    /// <summary>When its rate lets the next frame go.</summary>
    public long NextStartPs { get; set; }

    /// <summary>Whether the kernel is to come back to its transmit ring.</summary>
    public bool IsDelayed { get; set; }
}
