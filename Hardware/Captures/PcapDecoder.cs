using Disguise.Actors.Time;

namespace Disguise.Hardware.Captures;

/// <summary>
/// The classic pcap format (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of 16 bytes
/// and a frame.
/// </summary>
internal sealed class PcapDecoder : CaptureDecoder
{
    public const uint MicrosecondMagic = 0xA1B2C3D4;
    public const uint NanosecondMagic = 0xA1B23C4D;

    private const int HeaderBytes = 24;
    private const int MagicBytes = 4;
    private const int RecordHeaderBytes = 16;
    private const ushort MajorVersion = 2;
    private const uint FrameCheckPresentFlag = 1 << 26;
    private const int FrameCheckShift = 28;
    private const int FrameCheckUnitBytes = 2;
    private const uint LinkTypeMask = 0xFFFF;

    private readonly uint unitsPerSecond;
    private readonly int frameCheckBytes;

    /// <summary>Reads what follows the magic number.</summary>
    public PcapDecoder(CaptureStream stream, bool isNanoseconds)
        : base(stream)
    {
        unitsPerSecond = isNanoseconds ? 1_000_000_000u : 1_000_000u;
        Span<byte> header = stackalloc byte[HeaderBytes - MagicBytes];
        stream.Fill(header, 0, "the file header");
        var version = stream.ToUInt16(header);
        if (version != MajorVersion)
        {
            throw new CaptureFormatException(
                MagicBytes, $"pcap version {version}; only {MajorVersion} is read");
        }

        var link = stream.ToUInt32(header[16..]);
        frameCheckBytes = (link & FrameCheckPresentFlag) == 0
            ? 0
            : (int)(link >> FrameCheckShift) * FrameCheckUnitBytes;
        Add(new CaptureInterface("", (int)(link & LinkTypeMask), stream.ToUInt32(header[12..])), 0);
    }

    /// <inheritdoc/>
    public override bool TryRead(out CapturedFrame? frame, out Int128? timePs, out long offset)
    {
        (frame, timePs, offset) = (null, null, Stream.Offset);
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        if (!Stream.TryFill(header, offset, "a record header"))
        {
            return false;
        }

        var (seconds, fraction) = (Stream.ToUInt32(header), Stream.ToUInt32(header[4..]));
        var (captured, original) = (Stream.ToUInt32(header[8..]), Stream.ToUInt32(header[12..]));
        if (fraction >= unitsPerSecond)
        {
            throw new CaptureFormatException(
                offset, $"{fraction} of {unitsPerSecond} parts of a second");
        }

        CheckFrame(captured, original, Interfaces[0], offset);
        var bytes = new byte[captured];
        Stream.Fill(bytes, offset, "a frame");
        frame = Strip(bytes, original, frameCheckBytes);
        timePs = ((Int128)seconds * Picoseconds.PerSecond)
            + (fraction * (Picoseconds.PerSecond / unitsPerSecond));
        return true;
    }
}
