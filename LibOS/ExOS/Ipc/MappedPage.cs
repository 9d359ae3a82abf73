using Disguise.Hardware.Memory;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>A page that is shared with another environment, mapped into this one. It is gone when
/// the frame changes hands: its bindings are broken, and an access faults.</summary>
internal sealed class MappedPage(DomainMemory memory, long page) : IPipeMemory
{
    private readonly ulong address = (ulong)Frame.AddressOf(page);

    /// <inheritdoc/>
    public bool TryRead(int offset, Span<byte> destination) =>
        memory.TryRead(address + (uint)offset, destination);

    /// <inheritdoc/>
    public bool TryWrite(int offset, ReadOnlySpan<byte> source) =>
        memory.TryWrite(address + (uint)offset, source);
}
