using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>
/// The memory of a process: frames that it owns, in an address space of its own. The kernel is
/// not mapped there; it reaches all memory by physical addresses.
/// </summary>
public sealed class ProcessImage
{
    /// <summary>First page of a process' memory.</summary>
    public const long FirstPage = 0x400;

    /// <summary>Most pages of a process.</summary>
    public const int MaximumPages = 1 << 16;

    private readonly Machine machine;
    private readonly PageTable table;
    private readonly OwnerId owner;

    private ProcessImage(
        Machine machine, OwnerId owner, PageTable table, AddressSpace space, long firstFrame,
        int pages)
    {
        this.machine = machine;
        this.owner = owner;
        this.table = table;
        Space = space;
        FirstFrame = firstFrame;
        Pages = pages;
    }

    internal PageTable Table => table;

    /// <summary>What a core walks.</summary>
    public AddressSpace Space { get; }

    /// <summary>The first of its frames, which lie in a row.</summary>
    public long FirstFrame { get; }

    /// <summary>How many.</summary>
    public int Pages { get; }

    /// <summary>Whose they are.</summary>
    public OwnerId Owner => owner;

    /// <summary>Makes an address space with memory; null where no frame is left.</summary>
    public static ProcessImage? Create(
        Machine machine, ITableFrames tableFrames, OwnerId owner, AddressSpaceId id, int pages)
    {
        if (!PageTable.TryCreate(machine.Memory, tableFrames, out var table))
            return null;
        if (!machine.Frames.TryAllocate(owner, out var first, pages))
        {
            table.ReleaseTables();
            return null;
        }

        var space = new AddressSpace(machine.Memory, id, table.RootAddress);
        var image = new ProcessImage(machine, owner, table, space, first, pages);
        for (var page = 0; page < pages; page++)
        {
            var result = table.Map(
                (ulong)Frame.AddressOf(FirstPage + page), Frame.AddressOf(first + page),
                PageRights.User | PageRights.Writable);
            if (result == MapResult.Mapped)
                continue;
            image.Release();
            return null;
        }

        return image;
    }

    /// <summary>The frame that a page of the process leads to, or -1.</summary>
    public long FrameOf(long page) =>
        table.TryWalk((ulong)Frame.AddressOf(page), out var mapping)
            ? Frame.NumberOf(mapping.PhysicalAddress) : -1;

    /// <summary>
    /// Gives all frames back, wiped; the caller has flushed what cores have cached.
    /// </summary>
    public void Release()
    {
        table.ReleaseTables();
        for (var page = 0; page < Pages; page++)
            machine.Memory.ReleaseFrame(FirstFrame + page);
        machine.Frames.Free(owner, FirstFrame, Pages);
    }
}
