using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>
/// Where the fields of an Ethernet II frame stand (IEEE 802.3 clause 3, 802.1Q 9.5).
/// </summary>
internal static class EthernetLayout
{
    public const int Destination = 0;
    public const int Source = 6;
    public const int EtherType = 12;
    public const int ControlInformation = 14;
    public const int TaggedEtherType = 16;
    public const ushort LeastEtherType = 0x0600;
}

/// <summary>An Ethernet II frame in place, with or without one 802.1Q tag.</summary>
public readonly ref struct EthernetView
{
    private readonly ReadOnlySpan<byte> frame;

    private EthernetView(ReadOnlySpan<byte> frame) => this.frame = frame;

    /// <summary>Destination address.</summary>
    public MacAddress Destination => MacAddress.Read(frame[EthernetLayout.Destination..]);

    /// <summary>Source address.</summary>
    public MacAddress Source => MacAddress.Read(frame[EthernetLayout.Source..]);

    /// <summary>Whether an 802.1Q tag stands before the EtherType.</summary>
    public bool HasVlanTag => ReadType(EthernetLayout.EtherType) == (ushort)EtherType.VlanTag;

    /// <summary>The tag, if there is one.</summary>
    public VlanTag? Vlan => HasVlanTag
        ? VlanTag.From(ReadType(EthernetLayout.ControlInformation))
        : null;

    /// <summary>What the frame carries, behind the tag if there is one.</summary>
    public EtherType EtherType => (EtherType)ReadType(
        HasVlanTag ? EthernetLayout.TaggedEtherType : EthernetLayout.EtherType);

    /// <summary>Bytes before the payload: 14, or 18 with a tag.</summary>
    public int HeaderLengthBytes =>
        HasVlanTag ? EthernetHeader.TaggedLengthBytes : EthernetHeader.LengthBytes;

    /// <summary>What follows the header, padding included.</summary>
    public ReadOnlySpan<byte> Payload => frame[HeaderLengthBytes..];

    /// <summary>
    /// Checks that the header is there and is Ethernet II. A second tag (802.1ad) is not looked
    /// into: it shows as the EtherType.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> frame, out EthernetView view, out WireError error)
    {
        view = new EthernetView(frame);
        if (frame.Length < EthernetHeader.LengthBytes)
        {
            error = WireError.EthernetTooShort;
        }
        else if (view.HasVlanTag && frame.Length < EthernetHeader.TaggedLengthBytes)
        {
            error = WireError.VlanTooShort;
        }
        else if ((ushort)view.EtherType < EthernetLayout.LeastEtherType)
        {
            error = WireError.EthernetLengthField;
        }
        else
        {
            error = WireError.None;
            return true;
        }

        view = default;
        return false;
    }

    private ushort ReadType(int offset) => BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
}
