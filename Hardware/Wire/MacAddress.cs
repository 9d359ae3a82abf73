using System.Buffers.Binary;
using System.Globalization;

namespace Disguise.Hardware.Wire;

/// <summary>
/// A 48-bit Ethernet address; the first byte on the wire is the most significant.
/// </summary>
public readonly record struct MacAddress : IComparable<MacAddress>
{
    /// <summary>Bytes on the wire.</summary>
    public const int LengthBytes = 6;

    private const ulong Mask = 0xFFFF_FFFF_FFFF;
    private const ulong GroupBit = 0x0100_0000_0000;
    private const ulong LocalBit = 0x0200_0000_0000;
    private const int TextLength = 17;

    /// <summary>An address from the low 48 bits of a number; the high 16 must be zero.</summary>
    public MacAddress(ulong value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Mask);
        Value = value;
    }

    /// <summary>The frame for every station, ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast { get; } = new(Mask);

    /// <summary>The address as a number below 2^48.</summary>
    public ulong Value { get; }

    /// <summary>Whether it is the broadcast address.</summary>
    public bool IsBroadcast => Value == Mask;

    /// <summary>Whether it names a group (IEEE 802 I/G bit); broadcast is such a group.</summary>
    public bool IsMulticast => (Value & GroupBit) != 0;

    /// <summary>Whether it names one station: no group, and not all zero.</summary>
    public bool IsUnicast => (Value & GroupBit) == 0 && Value != 0;

    /// <summary>Whether no manufacturer assigned it (IEEE 802 U/L bit).</summary>
    public bool IsLocallyAdministered => (Value & LocalBit) != 0;

    /// <summary>Reads the first six of the bytes.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> bytes) => new(
        ((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16)
        | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));

    /// <summary>Writes six bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)Value);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(Value >> 16));
    }

    /// <summary>Reads <c>02:00:00:00:00:01</c> or the same with hyphens, in either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        address = default;
        if (text.Length != TextLength || text[2] is not (':' or '-'))
        {
            return false;
        }

        ulong value = 0;
        for (var index = 0; index < TextLength; index += 3)
        {
            var separated = index + 2 == TextLength || text[index + 2] == text[2];
            if (!separated || !byte.TryParse(
                text.Slice(index, 2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var octet))
            {
                return false;
            }

            value = (value << 8) | octet;
        }

        address = new MacAddress(value);
        return true;
    }

    /// <summary>
    /// Like <see cref="TryParse"/>; throws <see cref="FormatException"/> instead.
    /// </summary>
    public static MacAddress Parse(ReadOnlySpan<char> text) => TryParse(text, out var address)
        ? address
        : throw new FormatException(
            $"'{text}' is not an Ethernet address such as 02:00:00:00:00:01");

    /// <inheritdoc/>
    public int CompareTo(MacAddress other) => Value.CompareTo(other.Value);

    /// <summary>Six lower-case pairs of digits with colons.</summary>
    public override string ToString() => string.Create(TextLength, Value, static (text, value) =>
    {
        for (var index = 0; index < TextLength; index++)
        {
            var octet = (int)(value >> (40 - (index / 3 * 8))) & 0xFF;
            text[index] = (index % 3) switch
            {
                0 => "0123456789abcdef"[octet >> 4],
                1 => "0123456789abcdef"[octet & 0xF],
                _ => ':',
            };
        }
    });
}
