using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>
/// The guest-physical memory of one application container: a second-stage table that the kernel
/// alone writes. Extents are laid one after the other from guest frame 0; the frames of the
/// first-stage tables stand far above them.
/// </summary>
internal sealed class ContainerMemory : ITableFrames
{
    private const long FirstTableFrame = 1L << 24;

    private readonly PhysicalMemory memory;
    private readonly ITableFrames kernelFrames;
    private readonly PageTable secondStage;
    private readonly List<long> hostTableFrames = [];
    private long nextGuestFrame;
    private long nextTableFrame = FirstTableFrame;

    private ContainerMemory(
        PhysicalMemory memory, ITableFrames kernelFrames, PageTable secondStage)
    {
        this.memory = memory;
        this.kernelFrames = kernelFrames;
        this.secondStage = secondStage;
    }

    /// <summary>Physical address of the second stage's root.</summary>
    public long SecondStageRoot => secondStage.RootAddress;

    /// <summary>Makes an empty guest-physical memory, or null where no frame is left.</summary>
    public static ContainerMemory? Create(PhysicalMemory memory, ITableFrames kernelFrames) =>
        PageTable.TryCreate(memory, kernelFrames, out var table)
            ? new ContainerMemory(memory, kernelFrames, table)
            : null;

    /// <summary>
    /// Adds frames of the machine to the container's memory. Returns the first guest frame, or -1
    /// where no frame is left for the tables.
    /// </summary>
    public long AddExtent(long firstFrame, int pages)
    {
        var guest = nextGuestFrame;
        for (var page = 0; page < pages; page++)
        {
            var result = secondStage.Map(
                (ulong)Frame.AddressOf(guest + page), Frame.AddressOf(firstFrame + page),
                PageRights.User | PageRights.Writable | PageRights.Executable);
            if (result != MapResult.Mapped)
                return -1;
        }

        nextGuestFrame += pages;
        return guest;
    }

    /// <summary>
    /// Adds device registers to what the container can reach. Returns the first guest frame, or
    /// -1 where no frame is left for the tables.
    /// </summary>
    public long AddRegisters(long physicalAddress, int pages) =>
        AddExtent(Frame.NumberOf(physicalAddress), pages);

    /// <summary>Takes frames out again; their guest frames are not used again.</summary>
    public void RemoveExtent(long firstGuestFrame, int pages)
    {
        for (var page = 0; page < pages; page++)
            secondStage.Unmap((ulong)Frame.AddressOf(firstGuestFrame + page));
    }

    /// <summary>Makes a first stage whose tables stand in this memory.</summary>
    public bool TryCreateFirstStage(out PageTable table) =>
        PageTable.TryCreate(memory, this, out table, SecondStageRoot);

    /// <summary>Gives every frame of the tables back to the kernel.</summary>
    public void ReleaseTables()
    {
        secondStage.ReleaseTables();
        foreach (var frame in hostTableFrames)
            kernelFrames.Release(frame);
        hostTableFrames.Clear();
    }

    bool ITableFrames.TryAllocate(out long frameNumber)
    {
        frameNumber = nextTableFrame;
        if (!kernelFrames.TryAllocate(out var host))
            return false;
        var result = secondStage.Map(
            (ulong)Frame.AddressOf(frameNumber), Frame.AddressOf(host),
            PageRights.User | PageRights.Writable);
        if (result != MapResult.Mapped)
        {
            kernelFrames.Release(host);
            return false;
        }

        hostTableFrames.Add(host);
        nextTableFrame++;
        return true;
    }

    void ITableFrames.Release(long frameNumber)
    {
        // A first-stage table stays until its container goes: its guest frame is not used again.
    }
}
