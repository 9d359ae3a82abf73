using Disguise.Actors.Faults;

namespace Disguise.Hardware.Nic;

/// <summary>The guards of a NIC. Each is read once, when the NIC is made.</summary>
public static class NicGuards
{
    /// <summary>
    /// Only frames that a function may send leave it: its own source address and VLAN, and its
    /// transmit filters (82599 datasheet section 7.10.3.9.2, PFVFSPOOF).
    /// </summary>
    public static readonly Guard TransmitFilter = new("transmit-filter");

    /// <summary>Head and tail lie within the ring. Off, a tail beyond it is never reached.
    /// </summary>
    public static readonly Guard RingIndex = new("ring-index");

    /// <summary>
    /// A frame has at most 40 descriptors (82599 datasheet section 7.2.1.1). Off, a chain may be
    /// as long as the ring.
    /// </summary>
    public static readonly Guard DescriptorChain = new("descriptor-chain");
}
