using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Tests.Memory;

/// <summary>A machine's memory with an allocator, for scenarios with page tables.</summary>
internal sealed class MemoryScene
{
    public const long MmioFirstAddress = 1L << 32;
    public static readonly OwnerId Kernel = new(1);
    public const PageRights UserData = PageRights.User | PageRights.Writable;

    public MemoryScene(long sizeBytes = 64L << 20)
    {
        Memory = new PhysicalMemory(sizeBytes);
        Frames = new FrameAllocator(0, Frame.NumberOf(sizeBytes));
        TableFrames = new OwnedTableFrames(Frames, Memory, Kernel);
    }

    public PhysicalMemory Memory { get; }

    public FrameAllocator Frames { get; }

    public ITableFrames TableFrames { get; }

    public MmioMap Mmio { get; } = new(MmioFirstAddress);

    public PageTable NewTable() =>
        PageTable.TryCreate(Memory, TableFrames, out var table)
            ? table
            : throw new InvalidOperationException("no frame for a root");

    public long NewFrame(int owner = 2) =>
        Frames.TryAllocate(new OwnerId(owner), out var frame)
            ? Frame.AddressOf(frame)
            : throw new InvalidOperationException("no frame");

    /// <summary>Maps a fresh frame and gives its physical address.</summary>
    public long MapFresh(PageTable table, ulong virtualAddress, PageRights rights = UserData)
    {
        var frame = NewFrame();
        var result = table.Map(virtualAddress, frame, rights);
        return result == MapResult.Mapped
            ? frame
            : throw new InvalidOperationException($"{result} at 0x{virtualAddress:x}");
    }

    public Mmu NewMmu(AddressSpace space, Guards? guards = null, int capacity = 64, int ways = 4)
    {
        var mmu = new Mmu(Memory, Mmio, new Tlb(capacity, ways), guards ?? Guards.All);
        mmu.Activate(space);
        return mmu;
    }

    /// <summary>An MMU as the R3000's, which never walks.</summary>
    public Mmu NewSoftwareMmu(Guards? guards = null) => new(
        Memory, Mmio, new TlbModel(TlbRefill.Software, 64, 64).Make(), guards ?? Guards.All,
        TlbRefill.Software);

    /// <summary>
    /// A first stage whose tables and pages are guest physical, over a second stage that maps
    /// <paramref name="guestFrames"/> guest frames to machine frames in reverse order.
    /// </summary>
    public (PageTable First, PageTable Second, long[] HostOfGuest) NewNested(int guestFrames)
    {
        var second = NewTable();
        var host = new long[guestFrames];
        for (var guest = guestFrames - 1; guest >= 0; guest--)
        {
            host[guest] = MapFresh(second, (ulong)Frame.AddressOf(guest));
        }
        var tables = new GuestTableFrames();
        return PageTable.TryCreate(Memory, tables, out var first, second.RootAddress)
            ? (first, second, host)
            : throw new InvalidOperationException("no guest frame for a root");
    }

    /// <summary>Hands out guest frames from zero on.</summary>
    private sealed class GuestTableFrames : ITableFrames
    {
        private long next;

        public bool TryAllocate(out long frameNumber)
        {
            frameNumber = next++;
            return true;
        }

        public void Release(long frameNumber)
        {
        }
    }
}
