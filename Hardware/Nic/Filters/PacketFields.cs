namespace Disguise.Hardware.Nic.Filters;

/// <summary>
/// The header fields of one frame on which a NIC filters: MAC addresses, VLAN, EtherType and the
/// IPv4 five-tuple (82599 datasheet 7.1.2; Arrakis, TOCS 2015, section 3.2). They are packed into
/// four words, so that a mask-and-compare is four ANDs and four compares. A field that a frame has
/// not is 0, but the VLAN, which is <see cref="NoVlan"/>. MAC addresses are 48-bit numbers, the
/// first byte on the wire highest; IPv4 addresses likewise in 32 bits.
/// </summary>
/// <param name="Word0">Destination MAC in bits 63..16, EtherType in bits 15..0.</param>
/// <param name="Word1">Source MAC in bits 63..16, VLAN in bits 15..0.</param>
/// <param name="Word2">Source IPv4 in bits 63..32, destination IPv4 in bits 31..0.</param>
/// <param name="Word3">Source port in bits 39..24, destination in 23..8, protocol in 7..0.</param>
public readonly record struct PacketFields(ulong Word0, ulong Word1, ulong Word2, ulong Word3)
{
    /// <summary>The VLAN of a frame without a tag (a VLAN identifier has 12 bits).</summary>
    public const ushort NoVlan = 0xffff;

    /// <summary>Packs the fields; only the low 48 bits of a MAC address are taken.</summary>
    public static PacketFields Of(
        ulong destinationMac,
        ulong sourceMac,
        ushort vlan,
        ushort etherType,
        byte protocol,
        uint sourceIp,
        uint destinationIp,
        ushort sourcePort,
        ushort destinationPort) => new(
            (destinationMac << 16) | etherType,
            (sourceMac << 16) | vlan,
            ((ulong)sourceIp << 32) | destinationIp,
            ((ulong)sourcePort << 24) | ((ulong)destinationPort << 8) | protocol);

    /// <summary>Destination MAC address, 48 bits.</summary>
    public ulong DestinationMac => Word0 >> 16;

    /// <summary>Source MAC address, 48 bits.</summary>
    public ulong SourceMac => Word1 >> 16;

    /// <summary>VLAN identifier, or <see cref="NoVlan"/>.</summary>
    public ushort Vlan => (ushort)Word1;

    /// <summary>EtherType behind the VLAN tag, if there is one.</summary>
    public ushort EtherType => (ushort)Word0;

    /// <summary>IPv4 protocol number; 0 if the frame is not IPv4.</summary>
    public byte Protocol => (byte)Word3;

    /// <summary>IPv4 source address; 0 if the frame is not IPv4.</summary>
    public uint SourceIp => (uint)(Word2 >> 32);

    /// <summary>IPv4 destination address; 0 if the frame is not IPv4.</summary>
    public uint DestinationIp => (uint)Word2;

    /// <summary>TCP or UDP source port; 0 if the frame has none.</summary>
    public ushort SourcePort => (ushort)(Word3 >> 24);

    /// <summary>TCP or UDP destination port; 0 if the frame has none.</summary>
    public ushort DestinationPort => (ushort)(Word3 >> 8);

    /// <summary>The bits that both have.</summary>
    public static PacketFields operator &(in PacketFields a, in PacketFields b) =>
        new(a.Word0 & b.Word0, a.Word1 & b.Word1, a.Word2 & b.Word2, a.Word3 & b.Word3);

    /// <summary>The bits that either has.</summary>
    public static PacketFields operator |(in PacketFields a, in PacketFields b) =>
        new(a.Word0 | b.Word0, a.Word1 | b.Word1, a.Word2 | b.Word2, a.Word3 | b.Word3);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{SourceMac:x12}>{DestinationMac:x12} vlan {Vlan:x} type {EtherType:x4} "
        + $"protocol {Protocol} {SourceIp:x8}:{SourcePort}>{DestinationIp:x8}:{DestinationPort}";
}
