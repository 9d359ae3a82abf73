using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>The addressing context of one environment, and its frames.</summary>
internal sealed class EnvironmentMemory
{
    private readonly MemoryEffects effects;

    private EnvironmentMemory(
        MemoryEffects effects, int number, Capability own, TableFrames tableFrames,
        GuardedTable? table)
    {
        this.effects = effects;
        Number = number;
        Own = own;
        TableFrames = tableFrames;
        Table = table;
        Space = new AddressSpace(
            effects.Machine.Memory, SoftwareRefill.IdOf(number), table?.RootAddress ?? 0);
    }

    /// <summary>The environment's number.</summary>
    public int Number { get; }

    /// <summary>The capability that it began with.</summary>
    public Capability Own { get; }

    /// <summary>The frames of its page tables.</summary>
    public TableFrames TableFrames { get; }

    /// <summary>Its page table; null where software refills TLBs.</summary>
    public GuardedTable? Table { get; }

    /// <summary>The address space, as MMU and IOMMU walk it.</summary>
    public AddressSpace Space { get; }

    /// <summary>The virtual function whose DMA goes by its page table; -1 for none.</summary>
    public int Function { get; set; } = -1;

    /// <summary>
    /// The memory of a new environment, whose first credential is its own unless another is given;
    /// null when no frame is left.
    /// </summary>
    public static EnvironmentMemory? Create(
        MemoryEffects effects, int number, uint generation, Capability? first = null)
    {
        var own = first ?? Capability.OfEnvironment(number, generation);
        var tableFrames = new TableFrames(effects.Frames, effects.Machine.Memory, number, own);
        effects.Frames.Admit(number);
        GuardedTable? table = null;
        if (!effects.IsRefilledBySoftware)
        {
            table = GuardedTable.Create(effects.Machine.Memory, tableFrames);
            if (table is null)
            {
                effects.Frames.End(number);
                return null;
            }
        }

        effects.Credentials.Admit(number, own);
        var memory = new EnvironmentMemory(effects, number, own, tableFrames, table);
        effects.Admit(memory);
        return memory;
    }

    /// <summary>Has pages lead to registers. False when no frame is left for a table.</summary>
    public bool TryMapRegisters(long firstPage, long physicalAddress, int pages) =>
        Table is not null && Table.TryEnterRegisters(firstPage, physicalAddress, pages);

    /// <summary>Takes them out again. Cores forget them.</summary>
    public void UnmapRegisters(long firstPage, int pages)
    {
        for (var page = firstPage; page < firstPage + pages; page++)
        {
            Table!.Remove(page);
            foreach (var core in effects.Machine.Cores)
                core.Mmu.Tlb.FlushPage(Space.Id, (ulong)Frame.AddressOf(page));
        }
    }

    /// <summary>
    /// Breaks everything bound, frees every frame and table, zeroed, and the credentials. Devices
    /// must not reach it any more. Returns frames freed.
    /// </summary>
    public long Release()
    {
        var broken = new List<Binding>();
        effects.Translation.End(Number, broken);
        effects.ForgetAll(broken);
        foreach (var core in effects.Machine.Cores)
            core.Mmu.Tlb.FlushAddressSpace(Space.Id);
        var freed = (long)effects.Frames.HoldingsOf(Number).Owned;
        Table?.Release();
        effects.Settle(this);
        long[] frames = [.. effects.Frames.FramesOf(Number)];
        effects.Free(frames);
        effects.Credentials.End(Number);
        effects.Frames.End(Number);
        effects.End(this);
        return freed;
    }
}
