namespace Disguise.Hardware.Nic;

/// <summary>What a kind of NIC can do. Two are known.</summary>
public sealed record NicModel
{
    private NicModel(string name) => Name = name;

    /// <summary>
    /// Intel 82599 as on the X520: 64 virtual functions, 128 queues, filters by MAC address and
    /// VLAN only (82599 datasheet sections 1.2, 7.1.2.2 and 7.10).
    /// </summary>
    public static NicModel X520 { get; } = new("x520")
    {
        MaximumVirtualFunctions = 64,
        TotalQueues = 128,
        MaximumQueuesPerFunction = 8,
        VectorsPerFunction = 3,
        MaximumReceiveFilters = 128,
        FirstVirtualFunctionOffset = 128,
        VirtualFunctionStride = 2,
        VendorId = 0x8086,
        DeviceId = 0x10FB,
        VirtualFunctionDeviceId = 0x10ED,
    };

    /// <summary>
    /// The NIC that the Arrakis paper wishes for (TOCS 2015 sections 3.1 to 3.3): as many virtual
    /// functions as tenants, and filters over the whole 5-tuple with wildcards.
    /// </summary>
    public static NicModel Ideal { get; } = new("ideal-vnic")
    {
        MaximumVirtualFunctions = 4_096,
        TotalQueues = 4_096 * 8,
        MaximumQueuesPerFunction = 8,
        VectorsPerFunction = 8,
        MaximumReceiveFilters = 65_536,
        SupportsFiveTuple = true,
        FirstVirtualFunctionOffset = 128,
        VirtualFunctionStride = 1,
        VendorId = 0x8086,
        DeviceId = 0x10FB,
        VirtualFunctionDeviceId = 0x10ED,
    };

    /// <summary>The name in reports.</summary>
    public string Name { get; }

    /// <summary>Most virtual functions.</summary>
    public int MaximumVirtualFunctions { get; private init; }

    /// <summary>Queue pairs of all virtual functions together.</summary>
    public int TotalQueues { get; private init; }

    /// <summary>Most queue pairs of one function.</summary>
    public int MaximumQueuesPerFunction { get; private init; }

    /// <summary>MSI-X vectors of a function.</summary>
    public int VectorsPerFunction { get; private init; }

    /// <summary>Entries of the table of receive filters.</summary>
    public int MaximumReceiveFilters { get; private init; }

    /// <summary>
    /// Whether filters may look at EtherType, IPv4 addresses, protocol and ports; otherwise at
    /// destination MAC and VLAN only, and on the transmit side at source MAC and VLAN only.
    /// </summary>
    public bool SupportsFiveTuple { get; private init; }

    /// <summary>Routing id of the first virtual function less the physical one's.</summary>
    public int FirstVirtualFunctionOffset { get; private init; }

    /// <summary>Distance of the routing ids of virtual functions.</summary>
    public int VirtualFunctionStride { get; private init; }

    /// <summary>PCI vendor.</summary>
    public ushort VendorId { get; private init; }

    /// <summary>PCI device id of the physical function.</summary>
    public ushort DeviceId { get; private init; }

    /// <summary>PCI device id of virtual functions.</summary>
    public ushort VirtualFunctionDeviceId { get; private init; }

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
