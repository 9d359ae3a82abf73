using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// The pages that a page table maps, as its bytes in memory say. Nobody has it map large ones.
/// </summary>
internal static class TablePages
{
    /// <summary>In ascending order.</summary>
    public static IEnumerable<long> Of(PhysicalMemory memory, long rootAddress) =>
        Below(memory, rootAddress, PageTableEntry.Levels, 0);

    private static IEnumerable<long> Below(
        PhysicalMemory memory, long table, int level, long prefix)
    {
        for (int index = 0; index < PageTableEntry.PerTable; index++)
        {
            ulong entry = memory.ReadUInt64(table + (index * PageTableEntry.SizeBytes));
            if ((entry & PageTableEntry.Present) == 0)
            {
                continue;
            }

            long page = (prefix * PageTableEntry.PerTable) + index;
            if (level == 1)
            {
                yield return page;
                continue;
            }

            long next = PageTableEntry.AddressOf(entry);
            foreach (long below in Below(memory, next, level - 1, page))
            {
                yield return below;
            }
        }
    }
}
