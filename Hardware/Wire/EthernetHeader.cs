using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>An Ethernet II header as a value (IEEE 802.3 clause 3).</summary>
/// <param name="Destination">Destination address.</param>
/// <param name="Source">Source address.</param>
/// <param name="EtherType">What the frame carries; 0x0600 and above.</param>
/// <param name="Vlan">802.1Q tag, if the frame has one.</param>
public readonly record struct EthernetHeader(
    MacAddress Destination, MacAddress Source, EtherType EtherType, VlanTag? Vlan = null)
{
    /// <summary>Bytes of a header without tag.</summary>
    public const int LengthBytes = 14;

    /// <summary>Bytes of a header with one tag.</summary>
    public const int TaggedLengthBytes = LengthBytes + VlanTag.LengthBytes;

    /// <summary>Bytes that <see cref="Emit"/> writes.</summary>
    public int EmittedLengthBytes => Vlan is null ? LengthBytes : TaggedLengthBytes;

    /// <summary>Reads the header of a frame.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> frame, out EthernetHeader header, out WireError error)
    {
        var parsed = EthernetView.TryParse(frame, out var view, out error);
        header = parsed ? From(view) : default;
        return parsed;
    }

    /// <summary>The header that a view shows.</summary>
    public static EthernetHeader From(EthernetView view) =>
        new(view.Destination, view.Source, view.EtherType, view.Vlan);

    /// <summary>Writes the header and returns its length.</summary>
    public int Emit(Span<byte> frame)
    {
        Destination.Write(frame[EthernetLayout.Destination..]);
        Source.Write(frame[EthernetLayout.Source..]);
        var type = EthernetLayout.EtherType;
        if (Vlan is { } tag)
        {
            WriteType(frame, EthernetLayout.EtherType, (ushort)EtherType.VlanTag);
            WriteType(frame, EthernetLayout.ControlInformation, tag.ControlInformation);
            type = EthernetLayout.TaggedEtherType;
        }

        WriteType(frame, type, (ushort)EtherType);
        return EmittedLengthBytes;
    }

    /// <summary>Addresses and type.</summary>
    public override string ToString() =>
        $"ethernet {Source} > {Destination} {EtherType}{(Vlan is { } tag ? $" {tag}" : "")}";

    private static void WriteType(Span<byte> frame, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(frame[offset..], value);
}
