using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Observation;

namespace Disguise.Hardware.Machines;

/// <summary>
/// The board of one emulated machine: what its devices are wired to. Devices and the kernel hold
/// it; an application never does: it has an address space and messages.
/// </summary>
public sealed class Machine
{
    /// <summary>First physical address of device registers: above any memory, 64 TiB.</summary>
    public const long FirstMmioAddress = 1L << 46;

    private IRequestObserver? requests;

    /// <summary>Makes a board with idle cores.</summary>
    public Machine(Island island, string name, MachineOptions options, CostTable costs)
    {
        Island = island;
        Name = name;
        Options = options;
        Costs = costs;
        Memory = new PhysicalMemory(options.MemoryBytes);
        Frames = new FrameAllocator(1, (options.MemoryBytes / Frame.SizeBytes) - 1);
        Mmio = new MmioMap(FirstMmioAddress);
        KernelAccount = new LedgerAccount($"{name}.kernel", "core", true);
        Cores = new Core[options.CoreCount];
        for (var number = 0; number < Cores.Length; number++)
        {
            var mmu = new Mmu(
                Memory, Mmio, options.Tlb.Make(), options.Guards, options.Tlb.Refill);
            Cores[number] = new Core(number, costs, mmu);
        }
    }

    /// <summary>The island that the machine is.</summary>
    public Island Island { get; }

    /// <summary>Address of the machine: <c>server</c> or <c>server[2]</c>.</summary>
    public string Name { get; }

    /// <summary>Sizes and guards.</summary>
    public MachineOptions Options { get; }

    /// <summary>Values of all costs.</summary>
    public CostTable Costs { get; }

    /// <summary>Guards that check.</summary>
    public Guards Guards => Options.Guards;

    /// <summary>Physical memory.</summary>
    public PhysicalMemory Memory { get; }

    /// <summary>Who owns which frame. Frame 0 is never given out.</summary>
    public FrameAllocator Frames { get; }

    /// <summary>Which device answers at which physical address.</summary>
    public MmioMap Mmio { get; }

    /// <summary>Every DMA passes it. The kernel installs it when it boots.</summary>
    public Iommu Iommu { get; set; } = null!;

    /// <summary>The cores.</summary>
    public Core[] Cores { get; }

    /// <summary>What the kernel is charged, on whatever core.</summary>
    public LedgerAccount KernelAccount { get; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests
    {
        get => requests;
        set
        {
            requests = value;
            foreach (var core in Cores)
                core.Requests = value;
        }
    }

    /// <summary>Physical address at which a core's local APIC takes interrupts (SDM 3A 10.11).
    /// </summary>
    public static long InterruptAddressOf(int core) => 0xFEE0_0000L | ((long)core << 12);

    /// <summary>The core that a message-signalled interrupt's address names, or none.</summary>
    public Core? CoreAt(ulong interruptAddress)
    {
        if ((interruptAddress & ~0xF_F000UL) != 0xFEE0_0000UL)
            return null;
        var number = (int)((interruptAddress >> 12) & 0xFF);
        return number < Cores.Length ? Cores[number] : null;
    }
}
