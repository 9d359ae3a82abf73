namespace Disguise.Hardware.Captures;

/// <summary>One frame of a capture file, without frame check sequence.</summary>
/// <param name="TimePs">
/// Picoseconds since <see cref="CaptureReader.OriginSeconds"/>; negative for a frame that stands
/// after a later one.
/// </param>
/// <param name="Bytes">What was kept of the frame.</param>
/// <param name="OriginalLengthBytes">Length that the frame had on the wire.</param>
public sealed record CapturedFrame(
    long TimePs, ReadOnlyMemory<byte> Bytes, int OriginalLengthBytes)
{
    /// <summary>Position in <see cref="CaptureReader.Interfaces"/>.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Which way it passed, where the file says so.</summary>
    public CaptureDirection Direction { get; init; }

    /// <summary>The frame's first comment, if it has one.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether the whole frame was kept.</summary>
    public bool IsComplete => Bytes.Length == OriginalLengthBytes;
}
