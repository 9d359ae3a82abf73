using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Disguise.Hardware.Wire;

/// <summary>
/// The Internet checksum: the complement of the ones'-complement sum of big-endian 16-bit words
/// (RFC 1071), with the incremental update of RFC 1624.
/// </summary>
/// <remarks>
/// Sums are 16-bit values in a <see cref="uint"/>, ready to be combined. A sum of zero arises from
/// all-zero bytes only. An odd last byte counts as the high half of a word, so only the last of
/// several pieces may have an odd length.
/// </remarks>
public static class InternetChecksum
{
    /// <summary>Bytes from which the vector loop pays.</summary>
    private const int VectorThresholdBytes = 64;

    /// <summary>The ones'-complement sum of the bytes.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        // RFC 1071 section 2 (B): the sum can be taken in the machine's own byte order and swapped
        // once at the end. 32-bit halves are added into 64-bit lanes, which cannot overflow before
        // 2^32 additions; folding replaces the end-around carries.
        ulong total = 0;
        if (Vector256.IsHardwareAccelerated && bytes.Length >= VectorThresholdBytes)
        {
            var vectors = MemoryMarshal.Cast<byte, Vector256<uint>>(bytes);
            var (even, odd) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
            foreach (ref readonly var vector in vectors)
            {
                even += vector.AsUInt64() & Vector256.Create(0xFFFF_FFFFUL);
                odd += Vector256.ShiftRightLogical(vector.AsUInt64(), 32);
            }

            total = Vector256.Sum(even) + Vector256.Sum(odd);
            bytes = bytes[(vectors.Length * Vector256<byte>.Count)..];
        }

        while (bytes.Length >= sizeof(ulong))
        {
            var word = MemoryMarshal.Read<ulong>(bytes);
            total += (uint)word + (word >> 32);
            bytes = bytes[sizeof(ulong)..];
        }

        if (bytes.Length >= sizeof(uint))
        {
            total += MemoryMarshal.Read<uint>(bytes);
            bytes = bytes[sizeof(uint)..];
        }

        if (bytes.Length >= sizeof(ushort))
        {
            total += MemoryMarshal.Read<ushort>(bytes);
            bytes = bytes[sizeof(ushort)..];
        }

        if (bytes.Length > 0)
        {
            total += BitConverter.IsLittleEndian ? bytes[0] : (uint)bytes[0] << 8;
        }

        var sum = (ushort)Fold(total);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(sum) : sum;
    }

    /// <summary>The sum of two pieces; the first had an even length.</summary>
    public static uint Combine(uint first, uint second) => Fold((ulong)first + second);

    /// <summary>
    /// The sum of the pseudo header that UDP and TCP put in front of themselves (RFC 768, RFC 9293
    /// section 3.1). ICMP for IPv4 has none.
    /// </summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address.</param>
    /// <param name="protocol">Protocol of the segment.</param>
    /// <param name="segmentBytes">Length of transport header and payload, at most 65,535.</param>
    public static uint SumPseudoHeader(
        Ipv4Address source, Ipv4Address destination, IpProtocol protocol, int segmentBytes) =>
        Fold((ulong)source.Value + destination.Value + (byte)protocol + (uint)segmentBytes);

    /// <summary>What goes into a checksum field when all the bytes have this sum.</summary>
    public static ushort Complement(uint sum) => (ushort)~Fold(sum);

    /// <summary>The checksum of bytes whose checksum field is zero.</summary>
    public static ushort Compute(ReadOnlySpan<byte> bytes) => Complement(Sum(bytes));

    /// <summary>Whether bytes that include their checksum field add up (to all ones).</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes) => IsValid(Sum(bytes));

    /// <summary>Whether a sum that includes the checksum field is all ones.</summary>
    public static bool IsValid(uint sum) => Fold(sum) == 0xFFFF;

    /// <summary>
    /// The new checksum after one aligned 16-bit word changed: HC' = ~(~HC + ~m + m'), RFC 1624
    /// equation 3. It equals the recomputed one unless all words are zero afterwards.
    /// </summary>
    public static ushort Update(ushort checksum, ushort oldWord, ushort newWord) =>
        Complement((uint)(ushort)~checksum + (ushort)~oldWord + newWord);

    /// <summary>The same for an aligned 32-bit value such as an address.</summary>
    public static ushort Update(ushort checksum, uint oldValue, uint newValue) =>
        (ushort)~Fold((ulong)(ushort)~checksum + ~oldValue + newValue);

    private static uint Fold(ulong total)
    {
        total = (total & 0xFFFF_FFFF) + (total >> 32);
        total = (total & 0xFFFF) + ((total >> 16) & 0xFFFF) + (total >> 32);
        total = (total & 0xFFFF) + (total >> 16);
        return (uint)((total & 0xFFFF) + (total >> 16));
    }
}
