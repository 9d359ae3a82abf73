using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>The frames of one environment and the page tables over them.</summary>
internal sealed class EnvironmentMemory
{
    private readonly Machine machine;
    private readonly OwnerId owner;
    private readonly PageTable table;
    private readonly List<(long FirstPage, int Pages)> mappings = [];

    private EnvironmentMemory(
        Machine machine, OwnerId owner, PageTable table,
        AddressSpace space)
    {
        this.machine = machine;
        this.owner = owner;
        this.table = table;
        Space = space;
    }

    /// <summary>The address space, as MMU and IOMMU walk it.</summary>
    public AddressSpace Space { get; }

    /// <summary>The memory of an environment's number; null when no frame is left.</summary>
    public static EnvironmentMemory? Create(Machine machine, int number)
    {
        var owner = new OwnerId(number + 1);
        var frames = new OwnedTableFrames(machine.Frames, machine.Memory, owner);
        if (!PageTable.TryCreate(machine.Memory, frames, out var table))
            return null;
        var space = new AddressSpace(
            machine.Memory, new AddressSpaceId(checked((ushort)(number + 1))),
            table.RootAddress);
        return new EnvironmentMemory(machine, owner, table, space);
    }

    /// <summary>Takes frames in a row. False when there are none.</summary>
    public bool TryAllocate(int pages, out long firstFrame) =>
        machine.Frames.TryAllocate(owner, out firstFrame, pages);

    /// <summary>Whether frames in a row are the environment's.</summary>
    public bool Owns(long firstFrame, int pages)
    {
        for (var frame = firstFrame; frame < firstFrame + pages; frame++)
        {
            if (!machine.Frames.TryGetOwner(frame, out var found) || found != owner)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Maps pages for user code. False when no frame is left for a table, or something is mapped
    /// there; nothing is mapped then.
    /// </summary>
    public bool TryMap(long firstPage, long physicalAddress, int pages, bool isWritable)
    {
        var rights = PageRights.User | (isWritable ? PageRights.Writable : PageRights.None);
        for (var page = 0; page < pages; page++)
        {
            var result = table.Map(
                (ulong)Frame.AddressOf(firstPage + page), physicalAddress + Frame.AddressOf(page),
                rights);
            if (result == MapResult.Mapped)
                continue;
            for (var done = 0; done < page; done++)
                table.Unmap((ulong)Frame.AddressOf(firstPage + done));
            return false;
        }

        mappings.Add((firstPage, pages));
        return true;
    }

    /// <summary>Unmaps what was mapped from a page on. Cores forget it.</summary>
    public void Unmap(long firstPage)
    {
        var index = mappings.FindIndex(mapping => mapping.FirstPage == firstPage);
        for (var page = 0; page < mappings[index].Pages; page++)
        {
            var address = (ulong)Frame.AddressOf(firstPage + page);
            table.Unmap(address);
            foreach (var core in machine.Cores)
                core.Mmu.Tlb.FlushPage(Space.Id, address);
        }

        mappings.RemoveAt(index);
    }

    /// <summary>
    /// Checks that everything mapped is the environment's or a register. Returns its frames.
    /// </summary>
    public long Check(List<string> findings)
    {
        foreach (var (firstPage, pages) in mappings)
        {
            for (var page = firstPage; page < firstPage + pages; page++)
            {
                if (!table.TryWalk((ulong)Frame.AddressOf(page), out var mapping)
                    || mapping.PhysicalAddress >= machine.Mmio.FirstAddress)
                    continue;
                var frame = Frame.NumberOf(mapping.PhysicalAddress);
                if (!machine.Frames.TryGetOwner(frame, out var found) || found != owner)
                    findings.Add($"{machine.Name}: frame {frame} is mapped by {owner.Value}");
            }
        }

        return machine.Frames.ExtentsOf(owner).Sum(extent => extent.FrameCount);
    }

    /// <summary>
    /// Frees every frame and table, zeroed, and forgets what TLBs hold of it. Devices must not
    /// reach it any more. Returns frames freed.
    /// </summary>
    public long Release()
    {
        var freed = 0L;
        mappings.Clear();
        foreach (var core in machine.Cores)
            core.Mmu.Tlb.FlushAddressSpace(Space.Id);
        table.ReleaseTables();
        foreach (var extent in machine.Frames.ExtentsOf(owner))
        {
            machine.Frames.Free(owner, extent.FirstFrame, extent.FrameCount);
            for (var frame = 0L; frame < extent.FrameCount; frame++)
                machine.Memory.ReleaseFrame(extent.FirstFrame + frame);
            freed += extent.FrameCount;
        }

        return freed;
    }
}
