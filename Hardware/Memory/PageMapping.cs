namespace Disguise.Hardware.Memory;

/// <summary>What a table holds for a virtual address, as software reads it.</summary>
/// <param name="PhysicalAddress">Where it leads (guest physical in stage 1).</param>
/// <param name="Rights">The rights in the entry that maps the page.</param>
/// <param name="Size">The size of the page.</param>
/// <param name="IsAccessed">Whether a translation has used it.</param>
/// <param name="IsDirty">Whether a translation for a write has used it.</param>
public readonly record struct PageMapping(
    long PhysicalAddress, PageRights Rights, PageSize Size, bool IsAccessed, bool IsDirty);
