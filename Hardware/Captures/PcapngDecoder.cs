using System.Text;

namespace Disguise.Hardware.Captures;

/// <summary>
/// The pcapng format (draft-ietf-opsawg-pcapng section 4): sections of either byte order with
/// interfaces, enhanced and simple packet blocks; other blocks are passed over.
/// </summary>
internal sealed class PcapngDecoder : CaptureDecoder
{
    private readonly List<(PcapngClock Clock, int FrameCheckBytes)> clocks = [];
    private int sectionStart;

    /// <summary>Reads the section header of which the type has been read.</summary>
    public PcapngDecoder(CaptureStream stream)
        : base(stream) => ReadSectionHeader(offset: 0);

    /// <inheritdoc/>
    public override bool TryRead(out CapturedFrame? frame, out Int128? timePs, out long offset)
    {
        (frame, timePs) = (null, null);
        Span<byte> word = stackalloc byte[sizeof(uint)];
        while (true)
        {
            offset = Stream.Offset;
            if (!Stream.TryFill(word, offset, "a block"))
            {
                return false;
            }

            var type = Stream.ToUInt32(word);
            switch (type)
            {
                case PcapngFormat.SectionHeader:
                    ReadSectionHeader(offset);
                    break;
                case PcapngFormat.InterfaceDescription:
                    ReadInterface(ReadBody(
                        offset, PcapngFormat.InterfaceDescriptionBodyBytes), offset);
                    break;
                case PcapngFormat.EnhancedPacket:
                    frame = ReadEnhanced(ReadBody(
                        offset, PcapngFormat.EnhancedPacketBodyBytes), offset, out timePs);
                    return true;
                case PcapngFormat.SimplePacket:
                    frame = ReadSimple(
                        ReadBody(offset, PcapngFormat.SimplePacketBodyBytes), offset);
                    return true;
                case PcapngFormat.ObsoletePacket:
                    throw new CaptureFormatException(
                        offset, "an obsolete packet block (type 2); editcap converts it");
                default:
                    var bodyBytes = ReadLength(offset, 0);
                    Stream.Skip(bodyBytes, offset, $"a block of type {type}");
                    CheckEnd(bodyBytes, offset);
                    break;
            }
        }
    }

    private void ReadSectionHeader(long offset)
    {
        // The byte order is known only from the magic behind the length.
        Span<byte> start = stackalloc byte[2 * sizeof(uint)];
        Stream.Fill(start, offset, "a section header");
        Stream.IsBigEndian = false;
        var magic = Stream.ToUInt32(start[sizeof(uint)..]);
        if (magic != PcapngFormat.ByteOrderMagic)
        {
            Stream.IsBigEndian = true;
            if (Stream.ToUInt32(start[sizeof(uint)..]) != PcapngFormat.ByteOrderMagic)
            {
                throw new CaptureFormatException(
                    offset, $"0x{magic:x8} is no byte-order magic of pcapng");
            }
        }

        var bodyBytes = CheckLength(
            Stream.ToUInt32(start), offset, PcapngFormat.SectionHeaderBodyBytes);
        Span<byte> version = stackalloc byte[sizeof(uint)];
        Stream.Fill(version, offset, "a section header");
        var major = Stream.ToUInt16(version);
        if (major != PcapngFormat.MajorVersion)
        {
            throw new CaptureFormatException(
                offset, $"pcapng version {major}; only {PcapngFormat.MajorVersion} is read");
        }

        Stream.Skip(bodyBytes - (2 * sizeof(uint)), offset, "a section header");
        CheckEnd(bodyBytes, offset);
        sectionStart = Interfaces.Count;
    }

    private void ReadInterface(byte[] body, long offset)
    {
        var name = "";
        var resolution = PcapngFormat.MicrosecondResolution;
        var offsetSeconds = 0L;
        var frameCheckBytes = 0;
        var options = new PcapngOptions(
            Stream, body.AsSpan(PcapngFormat.InterfaceDescriptionBodyBytes), offset);
        while (options.TryNext(out var code, out var value))
        {
            switch (code)
            {
                case PcapngFormat.InterfaceName:
                    name = Encoding.UTF8.GetString(value);
                    break;
                case PcapngFormat.InterfaceTimeResolution:
                    options.RequireLength(code, value, sizeof(byte));
                    resolution = value[0];
                    break;
                case PcapngFormat.InterfaceTimeOffset:
                    options.RequireLength(code, value, sizeof(long));
                    offsetSeconds = Stream.ToInt64(value);
                    break;
                case PcapngFormat.InterfaceFrameCheckBits:
                    options.RequireLength(code, value, sizeof(byte));
                    frameCheckBytes = value[0] / BitsPerByte;
                    break;
            }
        }

        Add(
            new CaptureInterface(name, Stream.ToUInt16(body), Stream.ToUInt32(body.AsSpan(4))),
            offset);
        clocks.Add((PcapngClock.From(resolution, offsetSeconds, offset), frameCheckBytes));
    }

    private CapturedFrame ReadEnhanced(byte[] body, long offset, out Int128? timePs)
    {
        var number = Stream.ToUInt32(body);
        var index = FindInterface(number, offset);
        var units = ((ulong)Stream.ToUInt32(body.AsSpan(4)) << 32)
            | Stream.ToUInt32(body.AsSpan(8));
        var captured = Stream.ToUInt32(body.AsSpan(12));
        var original = Stream.ToUInt32(body.AsSpan(16));
        CheckFrame(captured, original, Interfaces[index], offset);
        var frameBytes = Cut(body, PcapngFormat.EnhancedPacketBodyBytes, captured, offset);
        var options = new PcapngOptions(
            Stream,
            body.AsSpan(PcapngFormat.EnhancedPacketBodyBytes + PcapngFormat.Align((int)captured)),
            offset);
        string? comment = null;
        var direction = CaptureDirection.Unknown;
        var (clock, frameCheckBytes) = clocks[index];
        while (options.TryNext(out var code, out var value))
        {
            if (code == PcapngFormat.Comment)
            {
                comment ??= Encoding.UTF8.GetString(value);
            }
            else if (code == PcapngFormat.PacketFlags)
            {
                options.RequireLength(code, value, sizeof(uint));
                var flags = Stream.ToUInt32(value);
                direction = (flags & PcapngFormat.DirectionMask) switch
                {
                    (uint)CaptureDirection.Inbound => CaptureDirection.Inbound,
                    (uint)CaptureDirection.Outbound => CaptureDirection.Outbound,
                    _ => CaptureDirection.Unknown,
                };
                var ownFrameCheckBytes =
                    (int)(flags >> PcapngFormat.FrameCheckShift) & PcapngFormat.FrameCheckMask;
                frameCheckBytes = ownFrameCheckBytes == 0 ? frameCheckBytes : ownFrameCheckBytes;
            }
        }

        timePs = clock.ToPicoseconds(units);
        return Strip(frameBytes, original, frameCheckBytes) with
        {
            InterfaceIndex = index,
            Direction = direction,
            Comment = comment,
        };
    }

    private CapturedFrame ReadSimple(byte[] body, long offset)
    {
        // Section 4.4: it belongs to the first interface, and its captured length is not stored.
        var index = FindInterface(0, offset);
        var original = Stream.ToUInt32(body);
        var snapLength = Interfaces[index].SnapLengthBytes;
        var captured = snapLength == 0 ? original : (uint)Math.Min(original, snapLength);
        CheckFrame(captured, original, Interfaces[index], offset);
        var frameBytes = Cut(body, PcapngFormat.SimplePacketBodyBytes, captured, offset);
        return Strip(frameBytes, original, clocks[index].FrameCheckBytes) with
        {
            InterfaceIndex = index,
        };
    }

    private static ReadOnlyMemory<byte> Cut(byte[] body, int at, uint captured, long offset) =>
        PcapngFormat.Align((int)captured) <= body.Length - at
            ? body.AsMemory(at, (int)captured)
            : throw new CaptureFormatException(
                offset, $"a frame of {captured} bytes runs out of its block");

    private int FindInterface(uint number, long offset) =>
        number < Interfaces.Count - sectionStart
            ? sectionStart + (int)number
            : throw new CaptureFormatException(
                offset,
                $"interface {number}; the section has described"
                + $" {Interfaces.Count - sectionStart}");

    private byte[] ReadBody(long offset, int leastBytes)
    {
        var body = new byte[ReadLength(offset, leastBytes)];
        Stream.Fill(body, offset, "a block");
        CheckEnd(body.Length, offset);
        return body;
    }

    private int ReadLength(long offset, int leastBytes)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        Stream.Fill(word, offset, "a block");
        return CheckLength(Stream.ToUInt32(word), offset, leastBytes);
    }

    private static int CheckLength(uint blockBytes, long offset, int leastBytes)
    {
        var isSound = blockBytes % PcapngFormat.AlignmentBytes == 0
            && blockBytes >= PcapngFormat.BlockOverheadBytes + leastBytes
            && blockBytes <= CaptureLimits.MaximumBlockBytes;
        return isSound
            ? (int)blockBytes - PcapngFormat.BlockOverheadBytes
            : throw new CaptureFormatException(
                offset,
                $"a block of {blockBytes} bytes; {PcapngFormat.BlockOverheadBytes + leastBytes} to"
                + $" {CaptureLimits.MaximumBlockBytes} in steps of 4 are possible");
    }

    private void CheckEnd(int bodyBytes, long offset)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        Stream.Fill(word, offset, "a block");
        var expected = bodyBytes + PcapngFormat.BlockOverheadBytes;
        var found = Stream.ToUInt32(word);
        if (found != expected)
        {
            throw new CaptureFormatException(
                offset, $"a block of {expected} bytes says {found} at its end");
        }
    }
}
