using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Domains;

/// <summary>
/// Page tables that a protection domain writes itself, by plain stores: the kernel has linked
/// frames of its memory in as tables of the last level, and what they may lead to is the second
/// stage's business. Frames and tables stand in one extent, which the domain also sees as a whole
/// in a window, so that it can copy and fill frames.
/// </summary>
/// <param name="context">The context that runs the library.</param>
/// <param name="memory">The domain's memory.</param>
/// <param name="layout">Where things stand.</param>
internal sealed class OwnTables(CpuContext context, DomainMemory memory, OwnTablesLayout layout)
    : IPageUse
{
    private const ulong Use = PageTableEntry.Accessed | PageTableEntry.Dirty;

    /// <summary>Has hardware grant a page's rights to a frame of the window, or none.</summary>
    public void Set(long page, long frame, MemoryProtection rights)
    {
        var entry = rights == MemoryProtection.None ? 0
            : (ulong)Frame.AddressOf(layout.FirstGuestFrame + frame)
                | PageTableEntry.Present | PageTableEntry.User | PageTableEntry.NoExecute
                | (Read(page) & Use)
                | ((rights & MemoryProtection.Write) != 0 ? PageTableEntry.Writable : 0);
        Write(page, entry);
    }

    /// <summary>Reads a frame, as the window shows it.</summary>
    public void ReadFrame(long frame, Span<byte> bytes) => memory.Read(AddressOf(frame), bytes);

    /// <summary>Writes a frame.</summary>
    public void WriteFrame(long frame, ReadOnlySpan<byte> bytes) =>
        memory.Write(AddressOf(frame), bytes);

    /// <inheritdoc/>
    public bool TakeUsed(long page) => Take(page, PageTableEntry.Accessed);

    /// <inheritdoc/>
    public bool TakeWritten(long page) => Take(page, PageTableEntry.Dirty);

    private bool Take(long page, ulong bit)
    {
        var entry = Read(page);
        if ((entry & bit) == 0)
            return false;
        Write(page, entry & ~bit);
        return true;
    }

    private ulong Read(long page) => memory.Read<ulong>(EntryOf(page));

    /// <summary>A store, and the processor forgets what it knew of the page (INVLPG).</summary>
    private void Write(long page, ulong entry)
    {
        memory.Write(EntryOf(page), entry);
        var mmu = context.Mmu;
        mmu.Tlb.FlushPage(mmu.Current!.Id, (ulong)Frame.AddressOf(page));
    }

    private ulong EntryOf(long page) => (ulong)Frame.AddressOf(layout.WindowPage)
        + (ulong)((page - layout.FirstPage) * PageTableEntry.SizeBytes);

    private ulong AddressOf(long frame) => (ulong)Frame.AddressOf(layout.WindowPage + frame);
}
