namespace Disguise.Hardware.Memory;

/// <summary>
/// One address space as hardware sees it: a tag and the roots of its page tables in emulated
/// memory. With a second stage the first translates guest virtual to guest physical and the second
/// guest physical to physical (Intel SDM volume 3, chapter 28).
/// </summary>
public sealed class AddressSpace
{
    /// <summary>In place of a second stage's root: there is none.</summary>
    public const long NoSecondStage = PageWalker.NoTable;

    private readonly PhysicalMemory memory;

    /// <summary>An address space over tables that exist, by the addresses of their roots.</summary>
    public AddressSpace(
        PhysicalMemory memory,
        AddressSpaceId id,
        long rootAddress,
        long secondStageRoot = NoSecondStage)
    {
        this.memory = memory;
        Id = id;
        RootAddress = rootAddress;
        SecondStageRoot = secondStageRoot;
    }

    /// <summary>The tag in TLBs.</summary>
    public AddressSpaceId Id { get; }

    /// <summary>
    /// Address of the first stage's root, guest physical when there are two stages.
    /// </summary>
    public long RootAddress { get; }

    /// <summary>
    /// Physical address of the second stage's root, or <see cref="NoSecondStage"/>.
    /// </summary>
    public long SecondStageRoot { get; }

    /// <summary>References to table entries that walks of this address space have made.</summary>
    public long WalkReferences { get; private set; }

    /// <summary>
    /// Walks the tables, sets accessed and dirty bits, and gives the physical address, which may be
    /// that of a device's registers. False with a fault.
    /// </summary>
    public bool Translate(
        ulong virtualAddress, Access access, out long physicalAddress, out PageFault fault)
    {
        var isMapped = TryWalk(virtualAddress, access, out var entry, out fault);
        physicalAddress = isMapped
            ? PageTableEntry.AddressOf(entry) | (long)(virtualAddress & (Frame.SizeBytes - 1))
            : 0;
        return isMapped;
    }

    /// <summary>
    /// Walks, and gives what a TLB keeps, in the layout of <see cref="PageTableEntry"/>.
    /// </summary>
    public bool TryWalk(
        ulong virtualAddress, Access access, out ulong entry, out PageFault fault)
    {
        var walker = new PageWalker(memory);
        var isMapped = walker.TryWalk(
            RootAddress, SecondStageRoot, virtualAddress, access, out entry);
        WalkReferences += walker.References;
        fault = walker.Fault;
        return isMapped;
    }
}
