using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Nic;

/// <summary>What a kind of NIC can do. Four are known.</summary>
public sealed record NicModel
{
    private NicModel(string name, FunctionDescription description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>
    /// Intel 82599 as on the X520: 64 virtual functions, 128 queues, filters by MAC address and
    /// VLAN only (82599 datasheet sections 1.2, 7.1.2.2 and 7.10).
    /// </summary>
    public static NicModel X520 { get; } = new("x520", NetworkFunctions.X520)
    {
        TotalQueues = 128,
        MaximumReceiveFilters = 128,
    };

    /// <summary>
    /// The NIC that the Arrakis paper wishes for (TOCS 2015 sections 3.1 to 3.3): as many virtual
    /// functions as tenants, and filters over the whole 5-tuple with wildcards.
    /// </summary>
    public static NicModel Ideal { get; } = new("ideal-vnic", NetworkFunctions.IdealVnic)
    {
        TotalQueues = 4_096 * MaximumQueuesPerFunction,
        MaximumReceiveFilters = 65_536,
        SupportsFiveTuple = true,
    };

    /// <summary>
    /// The Ethernet controller of the DECstations: 10 Mb/s, no functions beside its own. A driver
    /// sees the queues and registers of the X520's physical function, as there is one model of a
    /// card.
    /// </summary>
    public static NicModel Lance { get; } = new("lance", NetworkFunctions.Lance)
    {
        MaximumReceiveFilters = 128,
        MaximumBitsPerSecond = 10_000_000,
    };

    /// <summary>A 100 Mb/s adapter of the Pentium Pro's time, likewise.</summary>
    public static NicModel FastEthernet { get; } =
        new("fast-ethernet", NetworkFunctions.FastEthernet)
        {
            MaximumReceiveFilters = 128,
            MaximumBitsPerSecond = 100_000_000,
        };

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<NicModel> All { get; } = [X520, Ideal, Lance, FastEthernet];

    /// <summary>
    /// Queue pairs of the physical function: as many as it has vectors (the 82599 has 128 and 64,
    /// datasheet sections 1.2 and 7.3.1; its driver pairs them).
    /// </summary>
    public const int PhysicalFunctionQueues = 64;

    /// <summary>Most queue pairs of a virtual function (82599 with 16 pools).</summary>
    public const int MaximumQueuesPerFunction = 8;

    /// <summary>The name in reports.</summary>
    public string Name { get; }

    /// <summary>What its functions say of themselves in configuration space.</summary>
    public FunctionDescription Description { get; }

    /// <summary>Most virtual functions; 0 where it has none.</summary>
    public int MaximumVirtualFunctions => Description.SrIov?.TotalVirtualFunctions ?? 0;

    /// <summary>MSI-X vectors of a virtual function.</summary>
    public int VectorsPerFunction => Description.SrIov?.MsiXVectorCount ?? 0;

    /// <summary>The highest rate of its port.</summary>
    public long MaximumBitsPerSecond { get; private init; } = 10_000_000_000;

    /// <summary>MSI-X vectors of the physical function.</summary>
    public int PhysicalFunctionVectors => Description.MsiXVectorCount;

    /// <summary>Queue pairs of all virtual functions together.</summary>
    public int TotalQueues { get; private init; }

    /// <summary>Entries of the table of receive filters.</summary>
    public int MaximumReceiveFilters { get; private init; }

    /// <summary>
    /// Whether filters may look at EtherType, IPv4 addresses, protocol and ports; otherwise at
    /// destination MAC and VLAN only, and on the transmit side at source MAC and VLAN only.
    /// </summary>
    public bool SupportsFiveTuple { get; private init; }

    /// <summary>
    /// Queue pairs that each of a number of virtual functions has: 2, 4 or 8 on the 82599, by how
    /// many pools share its queues (datasheet section 7.10.2.7.2).
    /// </summary>
    public int QueuesPerFunction(int virtualFunctions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(virtualFunctions);
        var queues = MaximumQueuesPerFunction;
        while (queues > 1 && queues * Math.Max(1, virtualFunctions) > TotalQueues)
            queues /= 2;
        return queues;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
