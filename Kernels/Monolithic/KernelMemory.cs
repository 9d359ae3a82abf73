using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Monolithic;

/// <summary>
/// The frames that the kernel takes: for tables, and for packet buffers, which alone the NIC can
/// reach. Bus addresses are physical ones.
/// </summary>
internal sealed class KernelMemory
{
    private readonly Machine machine;
    private readonly IommuTables tables;

    public KernelMemory(Machine machine)
    {
        this.machine = machine;
        TableFrames = new OwnedTableFrames(machine.Frames, machine.Memory, Tables);
        tables = IommuTables.Create(machine.Memory, TableFrames)
            ?? throw new InvalidOperationException("no frame for the IOMMU's tables");
        machine.Iommu = new Iommu(machine.Memory, tables.RootAddress, machine.Guards);
    }

    /// <summary>Owner of the frames of page tables and of the IOMMU's tables.</summary>
    public static OwnerId Tables => new(0);

    /// <summary>Owner of the frames of packet buffers.</summary>
    public static OwnerId Buffers => new(1);

    /// <summary>Owner of the frames that processes map beside their images.</summary>
    public static OwnerId Pages => new(2);

    /// <summary>Where page tables get their frames.</summary>
    public ITableFrames TableFrames { get; }

    /// <summary>Owner of the frames of a process.</summary>
    public static OwnerId OwnerOf(int process) => new(process + 3);

    /// <summary>
    /// Takes frames for packet buffers, and lets a device reach them. False where the machine's
    /// memory is too small for its kernel.
    /// </summary>
    public bool TryTakeBuffers(PageTable reachable, int pages, out long first)
    {
        if (!machine.Frames.TryAllocate(Buffers, out first, pages))
            return false;
        for (var page = 0; page < pages; page++)
        {
            var address = Frame.AddressOf(first + page);
            if (reachable.Map((ulong)address, address, PageRights.User | PageRights.Writable)
                != MapResult.Mapped)
                return false;
        }

        return true;
    }

    /// <summary>An empty table of what a device can reach.</summary>
    public PageTable NewDeviceTable() =>
        PageTable.TryCreate(machine.Memory, TableFrames, out var table) ? table
        : throw new InvalidOperationException("no frame for the IOMMU's tables");

    /// <summary>Puts a device's function into a domain that reaches what a table maps.</summary>
    public void Attach(Hardware.PciExpress.FunctionId function, DomainId domain, PageTable table)
    {
        if (!tables.SetDomain(domain, table.RootAddress) || !tables.Attach(function, domain))
            throw new InvalidOperationException("no frame for the IOMMU's tables");
    }
}
