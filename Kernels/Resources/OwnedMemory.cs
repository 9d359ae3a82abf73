using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Resources;

/// <summary>
/// The memory of one tenant of a kernel that gives each of its frames to one owner: frames, the
/// address spaces over them with their page tables, and the end of all of it.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="owner">A number that nobody else has.</param>
public sealed class OwnedMemory(Machine machine, OwnerId owner)
{
    private readonly OwnedTableFrames tableFrames = new(machine.Frames, machine.Memory, owner);
    private readonly List<(AddressSpace Space, PageTable Table)> spaces = [];
    private readonly List<(PageTable Table, long FirstPage, int Pages)> mappings = [];

    /// <summary>Pages entered into tables so far.</summary>
    public long MappedPages { get; private set; }

    /// <summary>Takes frames in a row. False when there are none.</summary>
    public bool TryAllocate(int pages, out long firstFrame) =>
        machine.Frames.TryAllocate(owner, out firstFrame, pages);

    /// <summary>Makes an empty address space; null when no frame is left for its table.</summary>
    /// <param name="id">Tag in TLBs, which no other has.</param>
    public AddressSpace? MakeSpace(AddressSpaceId id)
    {
        if (!PageTable.TryCreate(machine.Memory, tableFrames, out var table))
            return null;
        var space = new AddressSpace(machine.Memory, id, table.RootAddress);
        spaces.Add((space, table));
        return space;
    }

    /// <summary>
    /// Maps pages for user code, to memory of this owner or to a device's registers. False when no
    /// frame is left for a table.
    /// </summary>
    /// <param name="space">One that <see cref="MakeSpace"/> made.</param>
    /// <param name="firstPage">First virtual page.</param>
    /// <param name="physicalAddress">Of the first byte.</param>
    /// <param name="pages">How many.</param>
    /// <param name="isWritable">Whether user code may write there.</param>
    public bool TryMap(
        AddressSpace space, long firstPage, long physicalAddress, int pages, bool isWritable)
    {
        var table = spaces.Find(known => ReferenceEquals(known.Space, space)).Table;
        var rights = PageRights.User | (isWritable ? PageRights.Writable : PageRights.None);
        for (var page = 0; page < pages; page++)
        {
            var result = table.Map(
                (ulong)Frame.AddressOf(firstPage + page), physicalAddress + Frame.AddressOf(page),
                rights);
            if (result == MapResult.OutOfFrames)
                return false;
            if (result != MapResult.Mapped)
                throw new InvalidOperationException($"page {firstPage + page}: {result}");
        }

        MappedPages += pages;
        mappings.Add((table, firstPage, pages));
        return true;
    }

    /// <summary>
    /// Checks that everything mapped here is this owner's or a register. Returns the frames that
    /// the owner has.
    /// </summary>
    public long Check(List<string> findings)
    {
        foreach (var (table, firstPage, pages) in mappings)
        {
            for (var page = firstPage; page < firstPage + pages; page++)
            {
                if (!table.TryWalk((ulong)Frame.AddressOf(page), out var mapping)
                    || mapping.PhysicalAddress >= machine.Mmio.FirstAddress)
                    continue;
                var frame = mapping.PhysicalAddress / Frame.SizeBytes;
                if (!machine.Frames.TryGetOwner(frame, out var found) || found != owner)
                    findings.Add($"{machine.Name}: frame {frame} is mapped by {owner.Value}");
            }
        }

        return machine.Frames.ExtentsOf(owner).Sum(extent => extent.FrameCount);
    }

    /// <summary>
    /// Frees every frame and table, zeroed, and forgets what TLBs hold of it. Devices must not
    /// reach it any more.
    /// </summary>
    public void Release()
    {
        mappings.Clear();
        foreach (var (space, _) in spaces)
        {
            foreach (var core in machine.Cores)
                core.Mmu.Tlb.FlushAddressSpace(space.Id);
        }

        spaces.Clear();
        foreach (var extent in machine.Frames.ExtentsOf(owner))
        {
            machine.Frames.Free(owner, extent.FirstFrame, extent.FrameCount);
            for (var frame = 0L; frame < extent.FrameCount; frame++)
                machine.Memory.ReleaseFrame(extent.FirstFrame + frame);
        }
    }
}
