namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>The bytes that two ends of a pipe share. Either access moves all bytes or none.
/// </summary>
internal interface IPipeMemory
{
    /// <summary>Reads; false where the memory is gone.</summary>
    bool TryRead(int offset, Span<byte> destination);

    /// <summary>Writes; false where the memory is gone.</summary>
    bool TryWrite(int offset, ReadOnlySpan<byte> source);
}
