namespace Disguise.Hardware.Captures;

/// <summary>Walks the options at the end of a pcapng block.</summary>
internal ref struct PcapngOptions(
    CaptureStream stream, ReadOnlySpan<byte> options, long blockOffset)
{
    private readonly CaptureStream stream = stream;
    private readonly long blockOffset = blockOffset;
    private ReadOnlySpan<byte> rest = options;

    /// <summary>Moves to the next option; false after the last.</summary>
    public bool TryNext(out ushort code, out ReadOnlySpan<byte> value)
    {
        code = PcapngFormat.EndOfOptions;
        value = default;
        if (rest.Length < PcapngFormat.OptionHeaderBytes)
        {
            return false;
        }

        code = stream.ToUInt16(rest);
        if (code == PcapngFormat.EndOfOptions)
        {
            return false;
        }

        int length = stream.ToUInt16(rest[sizeof(ushort)..]);
        rest = rest[PcapngFormat.OptionHeaderBytes..];
        if (PcapngFormat.Align(length) > rest.Length)
        {
            throw new CaptureFormatException(
                blockOffset, $"option {code} of {length} bytes runs out of its block");
        }

        value = rest[..length];
        rest = rest[PcapngFormat.Align(length)..];
        return true;
    }

    /// <summary>Refuses an option whose length is not the one that it must have.</summary>
    public readonly void RequireLength(ushort code, ReadOnlySpan<byte> value, int lengthBytes)
    {
        if (value.Length != lengthBytes)
        {
            throw new CaptureFormatException(
                blockOffset, $"option {code} has {value.Length} bytes, not {lengthBytes}");
        }
    }
}
