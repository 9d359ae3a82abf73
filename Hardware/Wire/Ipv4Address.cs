using System.Buffers.Binary;

namespace Disguise.Hardware.Wire;

/// <summary>A 32-bit IPv4 address in host order: 10.0.0.1 is 0x0A000001.</summary>
/// <param name="Value">The address as a number.</param>
public readonly record struct Ipv4Address(uint Value) : IComparable<Ipv4Address>
{
    /// <summary>Bytes on the wire.</summary>
    public const int LengthBytes = 4;

    private const int MaximumTextLength = 15;

    /// <summary>An address from its four octets, in the order in which they are written.</summary>
    public Ipv4Address(byte first, byte second, byte third, byte fourth)
        : this(((uint)first << 24) | ((uint)second << 16) | ((uint)third << 8) | fourth)
    {
    }

    /// <summary>0.0.0.0, the address of a host that has none yet.</summary>
    public static Ipv4Address Any => default;

    /// <summary>255.255.255.255, every host on this wire (RFC 919).</summary>
    public static Ipv4Address Broadcast => new(uint.MaxValue);

    /// <summary>Whether it is 255.255.255.255.</summary>
    public bool IsBroadcast => Value == uint.MaxValue;

    /// <summary>Whether it is in 224.0.0.0/4 (RFC 5771).</summary>
    public bool IsMulticast => Value >> 28 == 0xE;

    /// <summary>Whether the first <paramref name="prefixBits"/> bits equal the network's.</summary>
    public bool IsIn(Ipv4Address network, int prefixBits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixBits, 32);
        return (ulong)(Value ^ network.Value) >> (32 - prefixBits) == 0;
    }

    /// <summary>Reads the first four of the bytes.</summary>
    public static Ipv4Address Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>Writes four bytes.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt32BigEndian(bytes, Value);

    /// <summary>
    /// Reads four decimal octets with dots. Leading zeros are refused, because some programs take
    /// them for octal (RFC 6943 section 3.1.1).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Address address)
    {
        address = default;
        if (text.Length is 0 or > MaximumTextLength)
        {
            return false;
        }

        var (value, octet, digits, octets) = (0u, 0u, 0, 0);
        foreach (var character in text)
        {
            if (character == '.' && digits > 0 && octets < 3)
            {
                (value, octet, digits, octets) = ((value << 8) | octet, 0, 0, octets + 1);
            }
            else if (char.IsAsciiDigit(character) && !(digits > 0 && octet == 0))
            {
                (octet, digits) = ((octet * 10) + (uint)(character - '0'), digits + 1);
                if (octet > byte.MaxValue)
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }

        if (octets != 3 || digits == 0)
        {
            return false;
        }

        address = new Ipv4Address((value << 8) | octet);
        return true;
    }

    /// <summary>
    /// Like <see cref="TryParse"/>; throws <see cref="FormatException"/> instead.
    /// </summary>
    public static Ipv4Address Parse(ReadOnlySpan<char> text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is not an IPv4 address such as 10.0.0.1");

    /// <inheritdoc/>
    public int CompareTo(Ipv4Address other) => Value.CompareTo(other.Value);

    /// <summary>Four decimal octets with dots.</summary>
    public override string ToString() =>
        $"{Value >> 24}.{(Value >> 16) & 0xFF}.{(Value >> 8) & 0xFF}.{Value & 0xFF}";
}
