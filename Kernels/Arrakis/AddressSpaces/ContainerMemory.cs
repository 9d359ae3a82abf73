using Disguise.Hardware.Memory;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>
/// The guest-physical memory of one application container: a second-stage table that the kernel
/// alone writes. The container's memory, its device registers and the tables of its first stages
/// get guest frames one after the other, so that few table entries lead to all of them.
/// </summary>
internal sealed class ContainerMemory : ITableFrames
{
    private readonly PhysicalMemory memory;
    private readonly CountedTableFrames kernelFrames;
    private FreeFrames? givenBack;
    private long nextGuestFrame;

    private ContainerMemory(
        PhysicalMemory memory, CountedTableFrames kernelFrames, long secondStageRoot)
    {
        this.memory = memory;
        this.kernelFrames = kernelFrames;
        SecondStageRoot = secondStageRoot;
    }

    /// <summary>Physical address of the second stage's root.</summary>
    public long SecondStageRoot { get; }

    /// <summary>Frames that its tables take, both stages.</summary>
    public int TableFrames => kernelFrames.Count;

    private PageTable SecondStage => new(memory, kernelFrames, SecondStageRoot);

    /// <summary>Makes an empty guest-physical memory, or null where no frame is left.</summary>
    public static ContainerMemory? Create(PhysicalMemory memory, ITableFrames kernelFrames)
    {
        var counted = new CountedTableFrames(kernelFrames);
        return PageTable.TryCreate(memory, counted, out var table)
            ? new ContainerMemory(memory, counted, table.RootAddress)
            : null;
    }

    /// <summary>
    /// Adds frames of the machine, memory or registers, to what the container can reach. Returns
    /// the first guest frame, or -1 where no frame is left for the tables; then nothing is added.
    /// </summary>
    public long Add(long firstFrame, int pages)
    {
        var guest = TakeGuestFrames(pages);
        for (var page = 0; page < pages; page++)
        {
            var result = SecondStage.Map(
                (ulong)Frame.AddressOf(guest + page), Frame.AddressOf(firstFrame + page),
                PageRights.User | PageRights.Writable | PageRights.Executable);
            if (result == MapResult.Mapped)
                continue;
            RemoveEntries(guest, page);
            GiveBackGuestFrames(guest, pages);
            return -1;
        }

        return guest;
    }

    /// <summary>Takes frames out again.</summary>
    public void Remove(long firstGuestFrame, int pages)
    {
        RemoveEntries(firstGuestFrame, pages);
        GiveBackGuestFrames(firstGuestFrame, pages);
    }

    /// <summary>The first stage whose root stands at a guest-physical address.</summary>
    public PageTable FirstStageAt(long rootAddress) =>
        new(memory, this, rootAddress, SecondStageRoot);

    /// <summary>Makes a first stage whose tables stand in this memory.</summary>
    public bool TryCreateFirstStage(out PageTable table) =>
        PageTable.TryCreate(memory, this, out table, SecondStageRoot);

    /// <summary>
    /// Gives the frames of the second stage's tables back; those of the first stages went before.
    /// </summary>
    public void ReleaseTables() => SecondStage.ReleaseTables();

    bool ITableFrames.TryAllocate(out long frameNumber)
    {
        frameNumber = -1;
        if (!kernelFrames.TryAllocate(out var host))
            return false;
        frameNumber = Add(host, 1);
        if (frameNumber >= 0)
            return true;
        kernelFrames.Release(host);
        return false;
    }

    void ITableFrames.Release(long frameNumber)
    {
        var address = (ulong)Frame.AddressOf(frameNumber);
        if (!SecondStage.TryWalk(address, out var mapping))
            throw new InvalidOperationException($"no table stands in guest frame {frameNumber}");
        Remove(frameNumber, 1);
        kernelFrames.Release(Frame.NumberOf(mapping.PhysicalAddress));
    }

    private void RemoveEntries(long firstGuestFrame, int pages)
    {
        for (var page = 0; page < pages; page++)
            SecondStage.Unmap((ulong)Frame.AddressOf(firstGuestFrame + page));
    }

    private long TakeGuestFrames(int pages)
    {
        var guest = givenBack?.Find(pages) ?? -1;
        if (guest >= 0)
        {
            givenBack!.Take(guest, pages);
            return guest;
        }

        guest = nextGuestFrame;
        nextGuestFrame += pages;
        return guest;
    }

    private void GiveBackGuestFrames(long guest, int pages)
    {
        if (guest + pages == nextGuestFrame)
        {
            nextGuestFrame = guest;
            return;
        }

        givenBack ??= new FreeFrames(0, 0);
        givenBack.Release(guest, pages);
    }
}
