namespace Disguise.Hardware.Captures;

/// <summary>A capture file that cannot be read, in one line with the place of the damage.</summary>
public sealed class CaptureFormatException : Exception
{
    /// <summary>A problem at a place in a file.</summary>
    /// <param name="offset">Bytes from the start of the file.</param>
    /// <param name="problem">What is wrong there, in one line.</param>
    public CaptureFormatException(long offset, string problem)
        : base($"byte {offset}: {problem}") => Offset = offset;

    /// <summary>Bytes from the start of the file to the record or block that is damaged.</summary>
    public long Offset { get; }
}
