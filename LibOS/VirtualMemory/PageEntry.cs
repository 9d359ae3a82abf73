using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>What the library knows of one page in use.</summary>
internal sealed class PageEntry(long page, MemoryProtection protection)
{
    /// <summary>In place of a slot: there is none.</summary>
    public const long NoSlot = -1;

    /// <summary>Its number.</summary>
    public long Page { get; } = page;

    /// <summary>What the application may do.</summary>
    public MemoryProtection Protection { get; set; } = protection;

    /// <summary>Its frame, or <see cref="MemoryAction.NoFrame"/>.</summary>
    public long Frame { get; set; } = MemoryAction.NoFrame;

    /// <summary>Its slot on the backing store, or <see cref="NoSlot"/>.</summary>
    public long Slot { get; set; } = NoSlot;

    /// <summary>The shared object whose page it is; null for a private one.</summary>
    public ISharedPages? Shared { get; init; }

    /// <summary>Which page of the object.</summary>
    public int SharedIndex { get; init; }

    /// <summary>What hardware has been told to grant; none where it knows no such page.</summary>
    public MemoryProtection Granted { get; set; }

    /// <summary>Whether a write is to copy the frame first.</summary>
    public bool IsCopyOnWrite { get; set; }

    /// <summary>Whether it was written, as the application asks.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Whether its content differs from that of the slot, or of an empty page.</summary>
    public bool IsUnsaved { get; set; }

    /// <summary>Whether its only bytes were taken by force, and nobody has them.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether hardware translates it.</summary>
    public bool IsMapped => Granted != MemoryProtection.None;

    /// <summary>Whether it has a frame.</summary>
    public bool IsResident => Frame != MemoryAction.NoFrame;

    /// <summary>The next entry of its hash.</summary>
    public PageEntry? Next { get; set; }
}
