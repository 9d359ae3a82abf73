using System.Diagnostics.CodeAnalysis;
using Disguise.Actors.Time;

namespace Disguise.Hardware.Captures;

/// <summary>
/// Reads the Ethernet frames of a pcap file (microseconds or nanoseconds) or of a pcapng file,
/// each in either byte order.
/// </summary>
/// <remarks>
/// Picoseconds since 1970 do not fit into 64 bits. Times are therefore counted from
/// <see cref="OriginSeconds"/>, the whole second in which the first frame was captured: zero for a
/// capture of virtual time that starts in its first second.
/// </remarks>
public sealed class CaptureReader
{
    private const int MagicBytes = 4;

    private readonly CaptureDecoder decoder;
    private bool hasOrigin;
    private long previousPs;

    /// <summary>Opens a capture and reads its header.</summary>
    /// <param name="stream">The file; it is read forwards only and not closed.</param>
    /// <exception cref="CaptureFormatException">It is neither pcap nor pcapng.</exception>
    public CaptureReader(Stream stream)
    {
        var file = new CaptureStream(stream) { IsBigEndian = true };
        Span<byte> magic = stackalloc byte[MagicBytes];
        file.Fill(magic, 0, "the magic number of a capture");
        decoder = Open(file, magic);
    }

    /// <summary>Interfaces that were described so far; more may come in a pcapng file.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => decoder.Interfaces;

    /// <summary>
    /// Seconds since 1970 (or since the start of virtual time) from which times are counted; zero
    /// until a frame with a time was read.
    /// </summary>
    public long OriginSeconds { get; private set; }

    /// <summary>Reads every frame of a capture.</summary>
    /// <param name="stream">The file; it is not closed.</param>
    /// <param name="maximumFrames">One frame more is an error.</param>
    /// <exception cref="CaptureFormatException">The file is damaged or too long.</exception>
    public static IReadOnlyList<CapturedFrame> ReadAll(
        Stream stream, int maximumFrames = CaptureLimits.MaximumFrames)
    {
        var reader = new CaptureReader(stream);
        var frames = new List<CapturedFrame>();
        while (reader.TryRead(out var frame, out var offset))
        {
            if (frames.Count == maximumFrames)
            {
                throw new CaptureFormatException(offset, $"more than {maximumFrames} frames");
            }

            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Reads the next frame; false at the end of the file.</summary>
    /// <param name="frame">The frame. One without a time (simple packet) gets its predecessor's.
    /// </param>
    /// <exception cref="CaptureFormatException">The file is damaged here.</exception>
    public bool TryRead([NotNullWhen(true)] out CapturedFrame? frame) => TryRead(out frame, out _);

    private static CaptureDecoder Open(CaptureStream file, ReadOnlySpan<byte> magic)
    {
        var value = file.ToUInt32(magic);
        if (value == PcapngFormat.SectionHeader)
        {
            return new PcapngDecoder(file);
        }

        foreach (var isBigEndian in new[] { true, false })
        {
            file.IsBigEndian = isBigEndian;
            var ordered = file.ToUInt32(magic);
            if (ordered is PcapDecoder.MicrosecondMagic or PcapDecoder.NanosecondMagic)
            {
                return new PcapDecoder(file, ordered == PcapDecoder.NanosecondMagic);
            }
        }

        throw new CaptureFormatException(
            0, $"0x{value:x8} is the magic number of neither pcap nor pcapng");
    }

    private bool TryRead([NotNullWhen(true)] out CapturedFrame? frame, out long offset)
    {
        if (!decoder.TryRead(out frame, out var timePs, out offset))
        {
            return false;
        }

        if (timePs is { } time)
        {
            previousPs = SinceOrigin(time, offset);
        }

        frame = frame! with { TimePs = previousPs };
        return true;
    }

    private long SinceOrigin(Int128 timePs, long offset)
    {
        if (!hasOrigin)
        {
            var seconds = timePs / Picoseconds.PerSecond;
            if (timePs < 0 && timePs % Picoseconds.PerSecond != 0)
            {
                seconds--;
            }

            if (seconds < long.MinValue || seconds > long.MaxValue)
            {
                throw new CaptureFormatException(offset, $"a time of {seconds} seconds");
            }

            (hasOrigin, OriginSeconds) = (true, (long)seconds);
        }

        var sincePs = timePs - ((Int128)OriginSeconds * Picoseconds.PerSecond);
        return sincePs >= long.MinValue && sincePs <= long.MaxValue
            ? (long)sincePs
            : throw new CaptureFormatException(
                offset, "a time more than 106 days from that of the first frame");
    }
}
