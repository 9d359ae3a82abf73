using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>An ARP packet for IPv4 over Ethernet as a value (RFC 826).</summary>
/// <param name="Operation">Request or reply.</param>
/// <param name="SenderMac">Ethernet address of the sender.</param>
/// <param name="SenderAddress">IPv4 address of the sender.</param>
/// <param name="TargetMac">Ethernet address of the target; zero in a request.</param>
/// <param name="TargetAddress">IPv4 address of the target.</param>
public readonly record struct ArpHeader(
    ArpOperation Operation,
    MacAddress SenderMac,
    Ipv4Address SenderAddress,
    MacAddress TargetMac,
    Ipv4Address TargetAddress)
{
    /// <summary>Bytes of the whole packet.</summary>
    public const int LengthBytes = 28;

    /// <summary>The question who has <paramref name="target"/>.</summary>
    public static ArpHeader Request(MacAddress senderMac, Ipv4Address sender, Ipv4Address target) =>
        new(ArpOperation.Request, senderMac, sender, default, target);

    /// <summary>Reads a packet.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> packet, out ArpHeader header, out WireError error)
    {
        var parsed = ArpView.TryParse(packet, out var view, out error);
        header = parsed ? From(view) : default;
        return parsed;
    }

    /// <summary>The packet that a view shows.</summary>
    public static ArpHeader From(ArpView view) => new(
        view.Operation, view.SenderMac, view.SenderAddress, view.TargetMac, view.TargetAddress);

    /// <summary>The answer to this request from the station that has the target address.</summary>
    public ArpHeader Answer(MacAddress targetMac) =>
        new(ArpOperation.Reply, targetMac, TargetAddress, SenderMac, SenderAddress);

    /// <summary>Writes the packet and returns its length.</summary>
    public int Emit(Span<byte> packet)
    {
        WriteWord(packet, ArpLayout.HardwareType, ArpLayout.EthernetHardware);
        WriteWord(packet, ArpLayout.ProtocolType, (ushort)EtherType.Ipv4);
        packet[ArpLayout.HardwareLength] = MacAddress.LengthBytes;
        packet[ArpLayout.ProtocolLength] = Ipv4Address.LengthBytes;
        WriteWord(packet, ArpLayout.Operation, (ushort)Operation);
        SenderMac.Write(packet[ArpLayout.SenderMac..]);
        SenderAddress.Write(packet[ArpLayout.SenderAddress..]);
        TargetMac.Write(packet[ArpLayout.TargetMac..]);
        TargetAddress.Write(packet[ArpLayout.TargetAddress..]);
        return LengthBytes;
    }

    /// <summary>The question or the answer.</summary>
    public override string ToString() => Operation == ArpOperation.Request
        ? $"arp who has {TargetAddress}? tell {SenderAddress} at {SenderMac}"
        : $"arp {SenderAddress} is at {SenderMac}, to {TargetAddress} at {TargetMac}";

    private static void WriteWord(Span<byte> packet, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(packet[offset..], value);
}
