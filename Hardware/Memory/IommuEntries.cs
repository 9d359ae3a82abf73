namespace Disguise.Hardware.Memory;

/// <summary>
/// Layout of the scalable-mode tables (VT-d specification, sections 9.2, 9.4, 9.5 and 9.6). The
/// root table leads by bus to a lower and an upper context table of 128 functions each. A context
/// entry names the PASID directory and the PASID of requests that carry none; the PASID entry
/// holds the domain and the roots of its page tables.
/// </summary>
internal static class IommuEntries
{
    public const ulong Present = 1;
    public const ulong AddressMask = PageTableEntry.AddressMask;

    public const int RootEntryBytes = 16;
    public const int ContextEntryBytes = 32;
    public const int DirectoryEntryBytes = 8;
    public const int PasidEntryBytes = 64;

    /// <summary>Functions under one context table.</summary>
    public const int FunctionsPerContextTable = 128;

    /// <summary>PASID entries in a table.</summary>
    public const int PasidsPerTable = 64;

    /// <summary>Directory of 512 entries, as 2 to the power of the field plus 7.</summary>
    public const ulong DirectorySize = 2UL << 9;

    /// <summary>Domains that the directory reaches.</summary>
    public const int MaximumDomains = 512 * PasidsPerTable;

    /// <summary>
    /// In the second quadword of a context entry: the PASID of requests without one.
    /// </summary>
    public const ulong RequestPasidMask = 0xFFFFF;

    /// <summary>First quadword of a PASID entry: second-stage tables of 4 levels.</summary>
    public const ulong FourLevels = 2UL << 2;

    /// <summary>First quadword of a PASID entry: which stages translate, in bits 8 to 6.</summary>
    public const ulong FirstStageOnly = 1UL << 6;

    /// <summary>Only the second stage translates.</summary>
    public const ulong SecondStageOnly = 2UL << 6;

    /// <summary>Both stages, nested.</summary>
    public const ulong Nested = 3UL << 6;

    /// <summary>Mask of those bits.</summary>
    public const ulong TranslationTypeMask = 7UL << 6;

    /// <summary>Second quadword of a PASID entry: the domain.</summary>
    public const ulong DomainMask = 0xFFFF;

    /// <summary>Offset of the quadword with the first stage's root.</summary>
    public const int FirstStageOffset = 16;

    /// <summary>Where in the root table the entry half for a function is.</summary>
    public static long RootOffset(ushort routingId) =>
        ((routingId >> 8) * RootEntryBytes) + (((routingId >> 7) & 1) * 8);

    /// <summary>Where in its context table a function's entry is.</summary>
    public static long ContextOffset(ushort routingId) =>
        (routingId & (FunctionsPerContextTable - 1)) * ContextEntryBytes;

    /// <summary>Where in the directory the entry for a PASID is.</summary>
    public static long DirectoryOffset(uint pasid) =>
        (long)(pasid / PasidsPerTable) * DirectoryEntryBytes;

    /// <summary>Where in its table a PASID's entry is.</summary>
    public static long PasidOffset(uint pasid) =>
        (long)(pasid % PasidsPerTable) * PasidEntryBytes;
}
