using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>Where the fields of ARP for IPv4 over Ethernet stand (RFC 826).</summary>
internal static class ArpLayout
{
    public const int HardwareType = 0;
    public const int ProtocolType = 2;
    public const int HardwareLength = 4;
    public const int ProtocolLength = 5;
    public const int Operation = 6;
    public const int SenderMac = 8;
    public const int SenderAddress = 14;
    public const int TargetMac = 18;
    public const int TargetAddress = 24;
    public const ushort EthernetHardware = 1;
}

/// <summary>An ARP packet for IPv4 over Ethernet in place.</summary>
public readonly ref struct ArpView
{
    private readonly ReadOnlySpan<byte> packet;

    private ArpView(ReadOnlySpan<byte> packet) => this.packet = packet;

    /// <summary>Request or reply.</summary>
    public ArpOperation Operation => (ArpOperation)ReadWord(ArpLayout.Operation);

    /// <summary>Ethernet address of the sender.</summary>
    public MacAddress SenderMac => MacAddress.Read(packet[ArpLayout.SenderMac..]);

    /// <summary>IPv4 address of the sender.</summary>
    public Ipv4Address SenderAddress => Ipv4Address.Read(packet[ArpLayout.SenderAddress..]);

    /// <summary>Ethernet address of the target; without meaning in a request.</summary>
    public MacAddress TargetMac => MacAddress.Read(packet[ArpLayout.TargetMac..]);

    /// <summary>IPv4 address of the target.</summary>
    public Ipv4Address TargetAddress => Ipv4Address.Read(packet[ArpLayout.TargetAddress..]);

    /// <summary>Checks lengths, types and operation. Padding may follow.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out ArpView view, out WireError error)
    {
        view = new ArpView(packet);
        if (packet.Length < ArpHeader.LengthBytes)
        {
            error = WireError.ArpTooShort;
        }
        else if (view.ReadWord(ArpLayout.HardwareType) != ArpLayout.EthernetHardware)
        {
            error = WireError.ArpHardwareType;
        }
        else if (view.ReadWord(ArpLayout.ProtocolType) != (ushort)EtherType.Ipv4)
        {
            error = WireError.ArpProtocolType;
        }
        else if (packet[ArpLayout.HardwareLength] != MacAddress.LengthBytes
            || packet[ArpLayout.ProtocolLength] != Ipv4Address.LengthBytes)
        {
            error = WireError.ArpAddressLength;
        }
        else if (view.Operation is not (ArpOperation.Request or ArpOperation.Reply))
        {
            error = WireError.ArpOperation;
        }
        else
        {
            error = WireError.None;
            return true;
        }

        view = default;
        return false;
    }

    private ushort ReadWord(int offset) => BinaryPrimitives.ReadUInt16BigEndian(packet[offset..]);
}
