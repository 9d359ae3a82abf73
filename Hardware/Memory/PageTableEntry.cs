using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Memory;

/// <summary>
/// Bits of an entry of 64 bits at any level of 4-level paging (Intel SDM volume 3, section 4.5,
/// tables 4-15 to 4-20). Second-stage tables use the same layout and not that of EPT entries; in
/// them the user bit means nothing.
/// </summary>
public static class PageTableEntry
{
    /// <summary>Bit 0: the entry is valid.</summary>
    public const ulong Present = 1UL << 0;

    /// <summary>Bit 1: writes are allowed.</summary>
    public const ulong Writable = 1UL << 1;

    /// <summary>Bit 2: user accesses are allowed.</summary>
    public const ulong User = 1UL << 2;

    /// <summary>Bit 5: used by a translation since software cleared it.</summary>
    public const ulong Accessed = 1UL << 5;

    /// <summary>Bit 6, in the entry that maps a page: written since software cleared it.</summary>
    public const ulong Dirty = 1UL << 6;

    /// <summary>Bit 7, in the second level from the end: maps a page of 2 MiB.</summary>
    public const ulong Large = 1UL << 7;

    /// <summary>Bit 63: no instruction fetch.</summary>
    public const ulong NoExecute = 1UL << 63;

    /// <summary>Bits 12 to 51: the physical address of a table or a small page.</summary>
    public const ulong AddressMask = 0x000F_FFFF_FFFF_F000;

    /// <summary>Entries in a table.</summary>
    public const int PerTable = 512;

    /// <summary>Bytes of an entry.</summary>
    public const int SizeBytes = 8;

    /// <summary>Levels of tables.</summary>
    public const int Levels = 4;

    /// <summary>The highest virtual address of the lower half has 47 bits.</summary>
    private const int VirtualAddressBits = 48;

    /// <summary>Whether bits 47 to 63 of a virtual address are all equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCanonical(ulong virtualAddress)
    {
        var extension = (long)virtualAddress >> (VirtualAddressBits - 1);
        return extension is 0 or -1;
    }

    /// <summary>Where in its table the entry for an address is, at level 4 (root) to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OffsetOf(ulong virtualAddress, int level) =>
        (long)((virtualAddress >> (Frame.Shift + (9 * (level - 1)))) & (PerTable - 1)) * SizeBytes;

    /// <summary>The address in an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long AddressOf(ulong entry) => (long)(entry & AddressMask);

    /// <summary>
    /// Why an entry, with the rights of all levels combined, refuses an access;
    /// <see cref="PageFaultReason.None"/> when it allows it (Intel SDM volume 3, section 4.6).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PageFaultReason Check(ulong entry, Access access)
    {
        if ((entry & User) == 0 && (access & Access.Supervisor) == 0)
        {
            return PageFaultReason.SupervisorOnly;
        }
        if ((access & Access.Write) != 0 && (entry & Writable) == 0)
        {
            return PageFaultReason.NotWritable;
        }
        return (access & Access.Execute) != 0 && (entry & NoExecute) != 0
            ? PageFaultReason.NotExecutable
            : PageFaultReason.None;
    }

    /// <summary>The bits that stand for rights.</summary>
    internal static ulong BitsOf(PageRights rights) =>
        ((rights & PageRights.Writable) != 0 ? Writable : 0)
        | ((rights & PageRights.User) != 0 ? User : 0)
        | ((rights & PageRights.Executable) != 0 ? 0 : NoExecute);

    /// <summary>The rights that bits stand for.</summary>
    internal static PageRights RightsOf(ulong entry) =>
        ((entry & Writable) != 0 ? PageRights.Writable : 0)
        | ((entry & User) != 0 ? PageRights.User : 0)
        | ((entry & NoExecute) != 0 ? 0 : PageRights.Executable);
}
