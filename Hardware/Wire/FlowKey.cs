namespace Disguise.Hardware.Wire;

/// <summary>The 5-tuple that names one direction of a conversation.</summary>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address.</param>
/// <param name="SourcePort">Source port, or zero where the protocol has none.</param>
/// <param name="DestinationPort">Destination port, or zero.</param>
/// <param name="Protocol">What the datagram carries.</param>
public readonly record struct FlowKey(
    Ipv4Address Source,
    Ipv4Address Destination,
    ushort SourcePort,
    ushort DestinationPort,
    IpProtocol Protocol)
{
    // Odd constants of the golden ratio and of MurmurHash3's finaliser: any odd pair would do.
    private const ulong AddressFactor = 0x9E37_79B9_7F4A_7C15;
    private const ulong PortFactor = 0xC4CE_B9FE_1A85_EC53;

    /// <summary>The other direction.</summary>
    public FlowKey Reversed => new(Destination, Source, DestinationPort, SourcePort, Protocol);

    /// <summary>A hash that is the same in every process, for hash tables and steering.</summary>
    public ulong Hash()
    {
        var addresses = ((ulong)Source.Value << 32) | Destination.Value;
        var ports = ((ulong)SourcePort << 32) | ((ulong)DestinationPort << 16) | (byte)Protocol;
        var mixed = (addresses * AddressFactor) ^ ((ports + 1) * PortFactor);
        mixed = (mixed ^ (mixed >> 32)) * AddressFactor;
        return mixed ^ (mixed >> 29);
    }

    /// <summary>The low half of <see cref="Hash"/>.</summary>
    public override int GetHashCode() => (int)Hash();

    /// <summary>Protocol, source and destination.</summary>
    public override string ToString() =>
        $"{Protocol} {Source}:{SourcePort} > {Destination}:{DestinationPort}";
}
