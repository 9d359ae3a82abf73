namespace Disguise.Hardware.Captures;

/// <summary>What is common to the two file formats.</summary>
internal abstract class CaptureDecoder(CaptureStream stream)
{
    /// <summary>
    /// Bits of a byte, for lengths of frame check sequences that are given in bits.
    /// </summary>
    protected const int BitsPerByte = 8;

    private readonly List<CaptureInterface> interfaces = [];

    /// <summary>Interfaces that were described so far.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => interfaces;

    /// <summary>The file.</summary>
    protected CaptureStream Stream { get; } = stream;

    /// <summary>Reads the next frame; false at the end of the file.</summary>
    /// <param name="frame">The frame, whose time is still zero.</param>
    /// <param name="timePs">Picoseconds since 1970, or null where the file gives no time.</param>
    /// <param name="offset">Where in the file its record starts.</param>
    public abstract bool TryRead(out CapturedFrame? frame, out Int128? timePs, out long offset);

    protected void Add(CaptureInterface described, long offset)
    {
        if (interfaces.Count == CaptureLimits.MaximumInterfaces)
        {
            throw new CaptureFormatException(
                offset, $"more than {CaptureLimits.MaximumInterfaces} interfaces");
        }

        interfaces.Add(described);
    }

    /// <summary>Checks the lengths that a record announces.</summary>
    protected void CheckFrame(
        uint capturedBytes, uint originalBytes, CaptureInterface from, long offset)
    {
        if (from.LinkType != PcapngFormat.EthernetLink)
        {
            throw new CaptureFormatException(
                offset, $"a frame of link type {from.LinkType}; only Ethernet (1) is read");
        }

        if (capturedBytes > CaptureLimits.MaximumFrameBytes)
        {
            throw new CaptureFormatException(
                offset,
                $"a frame of {capturedBytes} bytes; the limit is"
                + $" {CaptureLimits.MaximumFrameBytes}");
        }

        if (capturedBytes > originalBytes || originalBytes > int.MaxValue)
        {
            throw new CaptureFormatException(
                offset, $"{capturedBytes} bytes were kept of a frame of {originalBytes}");
        }
    }

    /// <summary>The frame without its frame check sequence, or what was kept of that.</summary>
    protected static CapturedFrame Strip(
        ReadOnlyMemory<byte> bytes, uint originalBytes, int frameCheckBytes)
    {
        var original = Math.Max(0, (int)originalBytes - frameCheckBytes);
        return new CapturedFrame(0, bytes[..Math.Min(bytes.Length, original)], original);
    }
}
