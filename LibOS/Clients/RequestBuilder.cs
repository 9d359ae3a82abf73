using System.Buffers.Binary;
using Disguise.Actors.Wires;
using Disguise.Hardware.Wire;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Clients;

/// <summary>
/// Makes a client's request frames from a prepared payload: client number and request number (8
/// bytes each, big-endian, where there is room), then a pattern. Checksums are put together from
/// the pattern's sum, taken once. No request allocates.
/// </summary>
public sealed class RequestBuilder
{
    /// <summary>Payload from which requests carry their numbers.</summary>
    public const int NumbersBytes = 16;

    private readonly byte[] payload;
    private readonly uint patternSum;

    /// <summary>Prepares payloads of a length for a group of clients.</summary>
    public RequestBuilder(int payloadBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            payloadBytes, FrameBuilder.MaximumPayloadBytes);
        payload = new byte[payloadBytes];
        // 251 is prime: no two places a power of two apart hold the same byte.
        for (var index = 0; index < payloadBytes; index++)
            payload[index] = (byte)(index % 251);
        if (HasNumbers)
            payload.AsSpan(0, NumbersBytes).Clear();
        patternSum = InternetChecksum.Sum(payload);
    }

    /// <summary>Whether requests carry their numbers, or replies are matched by order.</summary>
    public bool HasNumbers => payload.Length >= NumbersBytes;

    /// <summary>Makes a request; its frame has one owner.</summary>
    public long Build(
        FrameStore frames, in UdpEndpoints endpoints, long client, long request)
    {
        var headBytes = UdpHeaders.LengthBytes
            + (endpoints.Hosts.Vlan is null ? 0 : VlanTag.LengthBytes);
        var end = headBytes + payload.Length;
        var frame = frames.Take(Math.Max(end, EthernetLimits.MinimumFrameBytes));
        var bytes = frames.Write(frame);
        UdpHeaders.Write(bytes, endpoints, payload.Length);
        payload.CopyTo(bytes[headBytes..]);
        bytes[end..].Clear();
        var sum = patternSum;
        if (HasNumbers)
        {
            var numbers = bytes.Slice(headBytes, NumbersBytes);
            BinaryPrimitives.WriteInt64BigEndian(numbers, client);
            BinaryPrimitives.WriteInt64BigEndian(numbers[8..], request);
            sum = InternetChecksum.Combine(sum, InternetChecksum.Sum(numbers));
        }

        var header = bytes.Slice(headBytes - UdpHeader.LengthBytes, UdpHeader.LengthBytes);
        sum = InternetChecksum.Combine(sum, InternetChecksum.Sum(header));
        sum = InternetChecksum.Combine(sum, InternetChecksum.SumPseudoHeader(
            endpoints.Hosts.Source, endpoints.Hosts.Destination, IpProtocol.Udp,
            UdpHeader.LengthBytes + payload.Length));
        var checksum = InternetChecksum.Complement(sum);
        BinaryPrimitives.WriteUInt16BigEndian(
            header[6..], checksum == 0 ? ushort.MaxValue : checksum);
        return frame;
    }

    /// <summary>The request's number in a reply; false where it carries another client's.</summary>
    public bool TryReadNumber(ReadOnlySpan<byte> reply, long client, out long request)
    {
        request = -1;
        if (reply.Length < NumbersBytes || BinaryPrimitives.ReadInt64BigEndian(reply) != client)
            return false;
        request = BinaryPrimitives.ReadInt64BigEndian(reply[8..]);
        return request >= 0;
    }

    /// <summary>Whether a reply, its numbers aside, is what was sent.</summary>
    public bool IsEcho(ReadOnlySpan<byte> reply)
    {
        var skipped = HasNumbers ? NumbersBytes : 0;
        return reply.Length == payload.Length
            && reply[skipped..].SequenceEqual(payload.AsSpan(skipped));
    }
}
