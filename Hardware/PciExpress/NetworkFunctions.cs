namespace Disguise.Hardware.PciExpress;

/// <summary>The network adapters that platforms name.</summary>
public static class NetworkFunctions
{
    private const uint EthernetController = 0x020000;

    /// <summary>
    /// Intel X520: the 82599ES controller with 64 VFs (82599 datasheet, sections 9.3 and 9.4).
    /// The offset is the one for a hierarchy with ARI; the stride of 2 leaves room for the VFs of
    /// the controller's other port.
    /// </summary>
    public static FunctionDescription X520 { get; } = new()
    {
        VendorId = 0x8086,
        DeviceId = 0x10FB,
        RevisionId = 1,
        ClassCode = EthernetController,
        SubsystemVendorId = 0x8086,
        SubsystemId = 0x000C,
        RegistersSizeBytes = 512 << 10,
        MsiXVectorCount = 64,
        SrIov = new SrIovDescription
        {
            TotalVirtualFunctions = 64,
            FirstOffset = 128,
            Stride = 2,
            DeviceId = 0x10ED,
            RegistersSizeBytes = 16 << 10,
            MsiXVectorCount = 3,
        },
    };

    /// <summary>
    /// An adapter that never was, with 4,096 VFs on the sixteen buses behind its own. Its ids are
    /// from the range that Red Hat leaves to experiments without registration (QEMU's
    /// <c>docs/specs/pci-ids</c>: 1af4:10f0 to 1af4:10ff).
    /// </summary>
    public static FunctionDescription IdealVnic { get; } = new()
    {
        VendorId = 0x1AF4,
        DeviceId = 0x10F0,
        ClassCode = EthernetController,
        SubsystemVendorId = 0x1AF4,
        SubsystemId = 0x10F0,
        RegistersSizeBytes = 512 << 10,
        MsiXVectorCount = 64,
        LinkSpeed = 3,
        LinkWidth = 16,
        SrIov = new SrIovDescription
        {
            TotalVirtualFunctions = 4096,
            FirstOffset = 256,
            Stride = 1,
            DeviceId = 0x10F1,
            RegistersSizeBytes = 16 << 10,
            MsiXVectorCount = 3,
        },
    };

    /// <summary>
    /// The Am7990 LANCE, with the ids of its PCI descendants (Am79C970 datasheet, section on
    /// configuration space: 1022:2000). The original sat on a bus without configuration space.
    /// </summary>
    public static FunctionDescription Lance { get; } = new()
    {
        VendorId = 0x1022,
        DeviceId = 0x2000,
        ClassCode = EthernetController,
        RegistersSizeBytes = 512 << 10,
        MsiXVectorCount = 64,
        LinkSpeed = 1,
        LinkWidth = 1,
    };

    /// <summary>A DECchip 21140 (datasheet, configuration registers: 1011:0009).</summary>
    public static FunctionDescription FastEthernet { get; } = new()
    {
        VendorId = 0x1011,
        DeviceId = 0x0009,
        ClassCode = EthernetController,
        RegistersSizeBytes = 512 << 10,
        MsiXVectorCount = 64,
        LinkSpeed = 1,
        LinkWidth = 1,
    };
}
