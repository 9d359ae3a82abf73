namespace Disguise.Hardware.PciExpress;

/// <summary>
/// The PCI Express capability, version 2, of an endpoint that can be reset by function (PCI Express
/// Base Specification 3.1, section 7.8). Of a VF only the error bits of Device Status are its own
/// and the link is its PF's (SR-IOV specification 1.1, section 3.5).
/// </summary>
internal struct PciExpressCapability
{
    public const int SizeBytes = 0x3C;

    private const uint ResetBit = 1U << 15;
    private const uint DeviceControlBits = 0x79FF;
    private const uint PayloadSizeBits = 0x00E0;

    /// <summary>Read requests of 512 bytes, no snoop and relaxed ordering allowed.</summary>
    private const ushort DeviceControlDefault = 0x2810;

    private const uint DeviceCapabilities = 2 | (1 << 5) | (1 << 15) | (1 << 28);
    private const uint DeviceCapabilities2 = 0x1F;
    private const uint LinkControlBits = 0x01C8;

    private ushort linkControl;
    private ushort deviceControl2;
    private ushort targetSpeed;

    public ushort DeviceControl { get; private set; }

    public DeviceStatus Status { get; set; }

    /// <summary>To the values after a reset by function, which leaves the link alone.</summary>
    public void Reset(int linkSpeed)
    {
        DeviceControl = (ushort)(DeviceControlDefault | (DeviceControl & PayloadSizeBits));
        Status = DeviceStatus.None;
        deviceControl2 = 0;
        if (targetSpeed == 0) targetSpeed = (ushort)linkSpeed;
    }

    /// <summary>Registers of a PF, by offset from the capability's header.</summary>
    public readonly uint Read(int offset, FunctionDescription description) => offset switch
    {
        0x08 => DeviceControl | ((uint)Status << 16),
        0x10 => linkControl | (LinkStatus(description) << 16),
        0x28 => deviceControl2,
        0x30 => targetSpeed,
        _ => ReadShared(offset, description),
    };

    /// <summary>Registers that read the same in a PF and its VFs.</summary>
    public static uint ReadShared(int offset, FunctionDescription description) => offset switch
    {
        0x00 => Register.Header(CapabilityId.PciExpress, 0, 2),
        0x04 => DeviceCapabilities,
        0x0C => (uint)(description.LinkSpeed | (description.LinkWidth << 4) | (1 << 22)),
        0x24 => DeviceCapabilities2,
        0x2C => ((1U << description.LinkSpeed) - 1) << 1,
        _ => 0,
    };

    /// <summary>A write to a PF's register. True when it asks for a function-level reset.</summary>
    public bool Write(int offset, uint value, uint lanes)
    {
        switch (offset)
        {
            case 0x08:
                DeviceControl = (ushort)Register.Write(
                    DeviceControl, value, lanes, DeviceControlBits);
                Status = ClearStatus(Status, value, lanes);
                return IsReset(value, lanes);
            case 0x10:
                linkControl = (ushort)Register.Write(linkControl, value, lanes, LinkControlBits);
                return false;
            case 0x28:
                deviceControl2 = (ushort)Register.Write(
                    deviceControl2, value, lanes, DeviceCapabilities2);
                return false;
            case 0x30:
                targetSpeed = (ushort)Register.Write(targetSpeed, value, lanes, 0xF);
                return false;
            default:
                return false;
        }
    }

    public static bool IsReset(uint value, uint lanes) => (value & lanes & ResetBit) != 0;

    public static DeviceStatus ClearStatus(DeviceStatus before, uint value, uint lanes) =>
        (DeviceStatus)Register.Clear(
            (uint)before, value >> 16, lanes >> 16, (uint)DeviceStatus.All);

    private static uint LinkStatus(FunctionDescription description) =>
        (uint)(description.LinkSpeed | (description.LinkWidth << 4) | (1 << 12));
}
