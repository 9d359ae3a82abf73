namespace Disguise.Kernels.Abstractions.Network;

/// <summary>What became of a frame that a stack received.</summary>
public enum ReceptionKind : byte
{
    /// <summary>Dropped, for a reason.</summary>
    Dropped,

    /// <summary>The stack itself was meant: ARP or ICMP.</summary>
    Consumed,

    /// <summary>A UDP datagram for a bound port.</summary>
    Datagram,
}
