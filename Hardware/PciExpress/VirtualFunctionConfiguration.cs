namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Configuration space of a virtual function (Single Root I/O Virtualization and Sharing
/// Specification 1.1, sections 3.4 and 3.5): vendor and device id read FFFFh, the BARs zero, since
/// the SR-IOV capability of its PF has them; Memory Space Enable is its PF's too. It has MSI-X, PCI
/// Express, error reporting, ARI and access control services of its own. Costs 72 bytes until its
/// vectors or error registers are used.
/// </summary>
public sealed class VirtualFunctionConfiguration : ConfigurationSpace
{
    private readonly SrIovDescription description;
    private MsiXTable? msiX;
    private AdvancedErrorReporting? errors;
    private DeviceStatus deviceStatus;
    private ushort statusErrors;
    private ushort accessControl;
    private bool isBusMaster;

    internal VirtualFunctionConfiguration(
        FunctionId function,
        PhysicalFunctionConfiguration physicalFunction,
        SrIovDescription description)
        : base(function)
    {
        PhysicalFunction = physicalFunction;
        this.description = description;
    }

    /// <summary>The physical function that it belongs to.</summary>
    public PhysicalFunctionConfiguration PhysicalFunction { get; }

    /// <inheritdoc/>
    public override ushort VendorId => PhysicalFunction.VendorId;

    /// <inheritdoc/>
    public override ushort DeviceId => description.DeviceId;

    /// <inheritdoc/>
    public override bool IsBusMaster => isBusMaster;

    /// <inheritdoc/>
    public override MsiXTable MsiX => msiX ??= new MsiXTable(description.MsiXVectorCount);

    /// <inheritdoc/>
    public override AdvancedErrorReporting Errors =>
        errors ??= new AdvancedErrorReporting(PhysicalFunction.Errors);

    private protected override ushort ReportingControl => PhysicalFunction.DeviceControl;

    private protected override void NoteErrors(DeviceStatus detected, uint status)
    {
        deviceStatus |= detected;
        statusErrors |= (ushort)(status >> 16);
    }

    private protected override uint ReadRegister(int offset) => offset switch
    {
        0x00 => 0xFFFF_FFFF,
        0x04 => FunctionLayout.CapabilityList | ((uint)statusErrors << 16)
            | (isBusMaster ? FunctionLayout.BusMaster : 0),
        0x08 => PhysicalFunction.Description.RevisionId
            | (PhysicalFunction.Description.ClassCode << 8),
        0x2C => PhysicalFunction.Description.SubsystemVendorId
            | ((uint)PhysicalFunction.Description.SubsystemId << 16),
        0x34 => FunctionLayout.MsiX,
        >= FunctionLayout.MsiX and < FunctionLayout.MsiX + 12 => FunctionLayout.ReadMsiX(
            offset - FunctionLayout.MsiX, MsiX, description.MsiXBaseAddressRegister),
        FunctionLayout.PciExpress + 8 => (uint)deviceStatus << 16,
        >= FunctionLayout.PciExpress and < FunctionLayout.PciExpress
            + PciExpressCapability.SizeBytes => PciExpressCapability.ReadShared(
                offset - FunctionLayout.PciExpress, PhysicalFunction.Description),
        >= FunctionLayout.Errors => ReadExtended(offset),
        _ => 0,
    };

    private protected override void WriteRegister(int offset, uint value, uint lanes)
    {
        switch (offset)
        {
            case 0x04:
                var before = isBusMaster ? FunctionLayout.BusMaster : 0;
                isBusMaster = Register.Write(before, value, lanes, FunctionLayout.BusMaster) != 0;
                statusErrors = (ushort)(Register.Clear(
                    (uint)statusErrors << 16, value, lanes, FunctionLayout.StatusErrors) >> 16);
                break;
            case FunctionLayout.MsiX:
                FunctionLayout.WriteMsiX(0, value, lanes, MsiX);
                break;
            case FunctionLayout.PciExpress + 8:
                deviceStatus = PciExpressCapability.ClearStatus(deviceStatus, value, lanes);
                if (PciExpressCapability.IsReset(value, lanes)) Reset();
                break;
            case >= FunctionLayout.Errors
                and < FunctionLayout.Errors + AdvancedErrorReporting.SizeBytes:
                Errors.WriteRegister(offset - FunctionLayout.Errors, value, lanes);
                break;
            case FunctionLayout.AccessControl + 4:
                accessControl = (ushort)(Register.Write(
                    (uint)accessControl << 16, value, lanes,
                    FunctionLayout.AccessControlBits << 16) >> 16);
                break;
            default:
                break;
        }
    }

    private uint ReadExtended(int offset)
    {
        const int Ari = FunctionLayout.AlternativeRoutingId;
        const int EndOfList = 0;
        return offset switch
        {
            FunctionLayout.Errors =>
                Register.Header(ExtendedCapabilityId.AdvancedErrorReporting, 2, Ari),
            < FunctionLayout.Errors + AdvancedErrorReporting.SizeBytes =>
                errors?.ReadRegister(offset - FunctionLayout.Errors) ?? 0,
            Ari => Register.Header(
                ExtendedCapabilityId.AlternativeRoutingId, 1, FunctionLayout.AccessControl),
            FunctionLayout.AccessControl => Register.Header(
                ExtendedCapabilityId.AccessControlServices, 1, EndOfList),
            FunctionLayout.AccessControl + 4 =>
                FunctionLayout.AccessControlBits | ((uint)accessControl << 16),
            _ => 0,
        };
    }

    /// <summary>
    /// A function-level reset, which leaves the VF in existence and its error registers as they
    /// are (SR-IOV specification 1.1, section 2.2.2).
    /// </summary>
    private void Reset()
    {
        isBusMaster = false;
        deviceStatus = DeviceStatus.None;
        statusErrors = 0;
        accessControl = 0;
        msiX?.Reset();
        PhysicalFunction.Observer?.FunctionLevelReset(Function);
    }
}
