using System.Text;
using Disguise.Actors.Time;

namespace Disguise.Hardware.Captures;

/// <summary>
/// Writes Ethernet frames of any number of interfaces into one pcapng file
/// (draft-ietf-opsawg-pcapng): a section header, an interface description per interface, an
/// enhanced packet block per frame. Writing a frame allocates nothing.
/// </summary>
/// <remarks>
/// Times are written in nanoseconds, rounded down: Wireshark 4.0 keeps no more, and overflows when
/// it converts finer resolutions. Blocks go to the stream whole, so that a file that was flushed is
/// readable even if the process is then killed. After an error of the stream nothing more is
/// written.
/// </remarks>
public sealed class PcapngWriter : IDisposable
{
    private const int OptionsBytes = 128 + CaptureLimits.MaximumTextBytes;
    private const int FixedBytes =
        PcapngFormat.BlockOverheadBytes + PcapngFormat.EnhancedPacketBodyBytes;

    private readonly Stream stream;
    private readonly bool leaveOpen;
    private readonly int snapLengthBytes;
    private readonly PcapngBlockBuffer buffer = new();
    private int interfaces;
    private bool isBroken;
    private bool isClosed;

    /// <summary>Starts a file with its section header.</summary>
    /// <param name="stream">Where it goes; need not be seekable.</param>
    /// <param name="snapLengthBytes">Bytes of a frame that are kept at most.</param>
    /// <param name="application">Who wrote it (shb_userappl).</param>
    /// <param name="leaveOpen">Whether <see cref="Dispose"/> leaves the stream open.</param>
    public PcapngWriter(
        Stream stream,
        int snapLengthBytes = CaptureLimits.MaximumFrameBytes,
        string application = "disguise",
        bool leaveOpen = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(snapLengthBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            snapLengthBytes, CaptureLimits.MaximumFrameBytes);
        CheckText(application, nameof(application));
        this.stream = stream;
        this.leaveOpen = leaveOpen;
        this.snapLengthBytes = snapLengthBytes;
        Begin(PcapngFormat.SectionHeader, FixedBytes + OptionsBytes);
        buffer.Write(PcapngFormat.ByteOrderMagic);
        buffer.Write(PcapngFormat.MajorVersion);
        buffer.Write((ushort)0);
        buffer.Write(ulong.MaxValue); // The section's length is not known beforehand.
        buffer.WriteOption(PcapngFormat.SectionApplication, application);
        buffer.EndOptions();
        buffer.End();
    }

    /// <summary>Interfaces that were added.</summary>
    public int InterfaceCount => interfaces;

    /// <summary>Adds an interface; also after frames of others.</summary>
    /// <param name="name">Its address in the emulator, such as <c>server.nic.vf[0]</c>.</param>
    /// <param name="bitsPerSecond">Speed of its link, or zero if it has none.</param>
    /// <returns>Its index, to be given with its frames.</returns>
    /// <exception cref="InvalidOperationException">The file has too many.</exception>
    public int AddInterface(string name, long bitsPerSecond = 0)
    {
        CheckText(name, nameof(name));
        ArgumentOutOfRangeException.ThrowIfNegative(bitsPerSecond);
        if (interfaces == CaptureLimits.MaximumInterfaces)
        {
            throw new InvalidOperationException(
                $"a capture takes {CaptureLimits.MaximumInterfaces} interfaces, not one more");
        }

        Begin(PcapngFormat.InterfaceDescription, FixedBytes + OptionsBytes);
        buffer.Write(PcapngFormat.EthernetLink);
        buffer.Write((ushort)0);
        buffer.Write((uint)snapLengthBytes);
        buffer.WriteOption(PcapngFormat.InterfaceName, name);
        if (bitsPerSecond > 0)
        {
            buffer.WriteOption(PcapngFormat.InterfaceSpeed, (ulong)bitsPerSecond);
        }

        buffer.WriteOption(
            PcapngFormat.InterfaceTimeResolution, PcapngFormat.NanosecondResolution);
        buffer.EndOptions();
        buffer.End();
        return interfaces++;
    }

    /// <summary>Writes one frame.</summary>
    /// <param name="interfaceIndex">Which interface it passed.</param>
    /// <param name="timePs">When, in virtual time.</param>
    /// <param name="frame">
    /// The frame without frame check sequence; what exceeds the snap length is cut.
    /// </param>
    /// <param name="direction">Which way it passed.</param>
    /// <param name="comment">What Wireshark is to show with it, such as a drop reason.</param>
    public void Write(
        int interfaceIndex,
        long timePs,
        ReadOnlySpan<byte> frame,
        CaptureDirection direction = CaptureDirection.Unknown,
        string? comment = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interfaceIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(interfaceIndex, interfaces);
        ArgumentOutOfRangeException.ThrowIfNegative(timePs);
        CheckText(comment, nameof(comment));
        var kept = frame[..Math.Min(frame.Length, snapLengthBytes)];
        var time = (ulong)(timePs / Picoseconds.PerNanosecond);
        Begin(
            PcapngFormat.EnhancedPacket,
            FixedBytes + PcapngFormat.Align(kept.Length) + OptionsBytes);
        buffer.Write((uint)interfaceIndex);
        buffer.Write((uint)(time >> 32));
        buffer.Write((uint)time);
        buffer.Write((uint)kept.Length);
        buffer.Write((uint)frame.Length);
        buffer.Write(kept);
        if (direction != CaptureDirection.Unknown)
        {
            buffer.WriteOption(PcapngFormat.PacketFlags, (uint)direction);
        }

        if (!string.IsNullOrEmpty(comment))
        {
            buffer.WriteOption(PcapngFormat.Comment, comment);
        }

        if (direction != CaptureDirection.Unknown || !string.IsNullOrEmpty(comment))
        {
            buffer.EndOptions();
        }

        buffer.End();
    }

    /// <summary>Hands what was written to the stream and flushes that.</summary>
    public void Flush()
    {
        HandOn();
        stream.Flush();
    }

    /// <summary>Flushes and closes; a second call does nothing.</summary>
    public void Dispose()
    {
        if (isClosed)
        {
            return;
        }

        try
        {
            if (!isBroken)
            {
                Flush();
            }
        }
        finally
        {
            isClosed = true;
            if (!leaveOpen)
            {
                stream.Dispose();
            }
        }
    }

    private static void CheckText(string? text, string parameter)
    {
        if (text is not null && Encoding.UTF8.GetByteCount(text) > CaptureLimits.MaximumTextBytes)
        {
            throw new ArgumentException(
                $"longer than {CaptureLimits.MaximumTextBytes} bytes", parameter);
        }
    }

    private void Begin(uint type, int blockBytes)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (!buffer.Fits(blockBytes))
        {
            HandOn();
        }

        buffer.Begin(type, blockBytes);
    }

    private void HandOn()
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (isBroken)
        {
            throw new IOException("the capture ended when its stream failed");
        }

        isBroken = true;
        stream.Write(buffer.Blocks);
        isBroken = false;
        buffer.Clear();
    }
}
