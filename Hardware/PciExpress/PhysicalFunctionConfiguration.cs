namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Configuration space of a physical function: a type 0 header with two 64-bit BARs (registers, and
/// the MSI-X table), power management, MSI-X, PCI Express, and from 100h on error reporting, ARI,
/// SR-IOV and access control services (PCI Express Base Specification 3.1, chapter 7). It has no
/// legacy interrupt and no expansion ROM.
/// </summary>
public sealed class PhysicalFunctionConfiguration : ConfigurationSpace
{
    private const uint CommandBits =
        FunctionLayout.MemorySpace | FunctionLayout.BusMaster | (1 << 6) | (1 << 8) | (1 << 10);

    private const int EndOfList = 0;
    private const uint PowerStateBits = 3;
    private const uint NoSoftReset = 1 << 3;

    private PciExpressCapability express;
    private WideBaseAddress registers;
    private WideBaseAddress msiX;
    private ushort command;
    private uint statusErrors;
    private byte cacheLineSize;
    private byte interruptLine;
    private byte powerState;
    private uint accessControl;

    /// <summary>A function as it is after power-on, at a routing id.</summary>
    public PhysicalFunctionConfiguration(
        FunctionId function,
        FunctionDescription description,
        IConfigurationObserver? observer = null)
        : base(function)
    {
        if (description.MsiXBaseAddressRegister is < 2 or > 4)
        {
            throw new InvalidOperationException("the MSI-X table is behind BAR 2, 3 or 4");
        }
        Description = description;
        Observer = observer;
        MsiX = new MsiXTable(description.MsiXVectorCount);
        Errors = new AdvancedErrorReporting();
        express.Reset(description.LinkSpeed);
        if (description.SrIov is { } srIov) SrIov = new SrIovCapability(this, srIov);
    }

    /// <summary>The read-only part.</summary>
    public FunctionDescription Description { get; }

    /// <summary>Who acts on what software writes; nobody when null.</summary>
    public IConfigurationObserver? Observer { get; set; }

    /// <summary>The virtual functions; null when there can be none.</summary>
    public SrIovCapability? SrIov { get; }

    /// <inheritdoc/>
    public override ushort VendorId => Description.VendorId;

    /// <inheritdoc/>
    public override ushort DeviceId => Description.DeviceId;

    /// <inheritdoc/>
    public override MsiXTable MsiX { get; }

    /// <inheritdoc/>
    public override AdvancedErrorReporting Errors { get; }

    /// <inheritdoc/>
    public override bool IsBusMaster => (command & FunctionLayout.BusMaster) != 0;

    /// <summary>Memory Space Enable: the registers behind the BARs answer.</summary>
    public bool IsMemorySpaceEnabled => (command & FunctionLayout.MemorySpace) != 0;

    /// <summary>Physical address of the registers: BAR 0.</summary>
    public ulong RegistersAddress => registers.Address;

    /// <summary>Physical address of the MSI-X table.</summary>
    public ulong MsiXAddress => msiX.Address;

    /// <summary>Bytes behind the BAR of the MSI-X table.</summary>
    public long MsiXSizeBytes => MsiXTable.BarSizeBytes(Description.MsiXVectorCount);

    private protected override ushort ReportingControl => express.DeviceControl;

    /// <summary>Device Control, which governs the error messages of the VFs too.</summary>
    internal ushort DeviceControl => express.DeviceControl;

    private protected override void NoteErrors(DeviceStatus detected, uint status)
    {
        express.Status |= detected;
        statusErrors |= status;
    }

    private protected override uint ReadRegister(int offset) => offset switch
    {
        < FunctionLayout.PowerManagement => ReadHeader(offset),
        FunctionLayout.PowerManagement =>
            Register.Header(CapabilityId.PowerManagement, FunctionLayout.MsiX, 3),
        FunctionLayout.PowerManagement + 4 => powerState | NoSoftReset,
        >= FunctionLayout.MsiX and < FunctionLayout.MsiX + 12 => FunctionLayout.ReadMsiX(
            offset - FunctionLayout.MsiX, MsiX, Description.MsiXBaseAddressRegister),
        >= FunctionLayout.PciExpress and < FunctionLayout.PciExpress
            + PciExpressCapability.SizeBytes =>
            express.Read(offset - FunctionLayout.PciExpress, Description),
        >= FunctionLayout.Errors => ReadExtended(offset),
        _ => 0,
    };

    private protected override void WriteRegister(int offset, uint value, uint lanes)
    {
        switch (offset)
        {
            case < FunctionLayout.PowerManagement:
                WriteHeader(offset, value, lanes);
                break;
            case FunctionLayout.PowerManagement + 4:
                WritePowerState(Register.Write(powerState, value, lanes, PowerStateBits));
                break;
            case FunctionLayout.MsiX:
                FunctionLayout.WriteMsiX(0, value, lanes, MsiX);
                break;
            case >= FunctionLayout.PciExpress
                and < FunctionLayout.PciExpress + PciExpressCapability.SizeBytes:
                var isReset = express.Write(offset - FunctionLayout.PciExpress, value, lanes);
                if (isReset) Reset();
                break;
            case >= FunctionLayout.Errors
                and < FunctionLayout.Errors + AdvancedErrorReporting.SizeBytes:
                Errors.WriteRegister(offset - FunctionLayout.Errors, value, lanes);
                break;
            case > FunctionLayout.SrIov and < FunctionLayout.SrIov + SrIovCapability.SizeBytes:
                SrIov?.Write(offset - FunctionLayout.SrIov, value, lanes);
                break;
            case FunctionLayout.AccessControl + 4:
                accessControl = Register.Write(
                    accessControl, value, lanes, FunctionLayout.AccessControlBits << 16);
                break;
            default:
                break;
        }
    }

    private uint ReadHeader(int offset)
    {
        var second = 0x10 + (4 * Description.MsiXBaseAddressRegister);
        if (offset == second) return msiX.ReadLow();
        if (offset == second + 4) return msiX.ReadHigh();
        return offset switch
        {
            0x00 => VendorId | ((uint)DeviceId << 16),
            0x04 => command | FunctionLayout.CapabilityList | statusErrors,
            0x08 => Description.RevisionId | (Description.ClassCode << 8),
            0x0C => cacheLineSize,
            0x10 => registers.ReadLow(),
            0x14 => registers.ReadHigh(),
            0x2C => Description.SubsystemVendorId | ((uint)Description.SubsystemId << 16),
            0x34 => FunctionLayout.PowerManagement,
            0x3C => interruptLine,
            _ => 0,
        };
    }

    private void WriteHeader(int offset, uint value, uint lanes)
    {
        var second = 0x10 + (4 * Description.MsiXBaseAddressRegister);
        var size = Description.RegistersSizeBytes;
        if (offset == 0x04)
        {
            WriteCommand(value, lanes);
        }
        else if (offset == 0x0C)
        {
            cacheLineSize = (byte)Register.Write(cacheLineSize, value, lanes, 0xFF);
        }
        else if (offset == 0x3C)
        {
            interruptLine = (byte)Register.Write(interruptLine, value, lanes, 0xFF);
        }
        else if (offset is 0x10 or 0x14 || offset == second || offset == second + 4)
        {
            if (offset == 0x10) registers.WriteLow(value, lanes, size);
            else if (offset == 0x14) registers.WriteHigh(value, lanes, size);
            else if (offset == second) msiX.WriteLow(value, lanes, MsiXSizeBytes);
            else msiX.WriteHigh(value, lanes, MsiXSizeBytes);
            Observer?.MemoryDecodingChanged();
        }
    }

    private void WriteCommand(uint value, uint lanes)
    {
        var wasEnabled = IsMemorySpaceEnabled;
        command = (ushort)Register.Write(command, value, lanes, CommandBits);
        statusErrors = Register.Clear(statusErrors, value, lanes, FunctionLayout.StatusErrors);
        if (wasEnabled != IsMemorySpaceEnabled) Observer?.MemoryDecodingChanged();
    }

    /// <summary>D0 and D3hot are what the function supports; it keeps its state in both.</summary>
    private void WritePowerState(uint wanted)
    {
        if (wanted is 0 or 3) powerState = (byte)wanted;
    }

    private uint ReadExtended(int offset)
    {
        const int Ari = FunctionLayout.AlternativeRoutingId;
        var afterAri = SrIov is null ? FunctionLayout.AccessControl : FunctionLayout.SrIov;
        return offset switch
        {
            FunctionLayout.Errors =>
                Register.Header(ExtendedCapabilityId.AdvancedErrorReporting, 2, Ari),
            < FunctionLayout.Errors + AdvancedErrorReporting.SizeBytes =>
                Errors.ReadRegister(offset - FunctionLayout.Errors),
            Ari => Register.Header(ExtendedCapabilityId.AlternativeRoutingId, 1, afterAri),
            FunctionLayout.SrIov when SrIov is not null => Register.Header(
                ExtendedCapabilityId.SrIov, 1, FunctionLayout.AccessControl),
            > FunctionLayout.SrIov and < FunctionLayout.SrIov + SrIovCapability.SizeBytes =>
                SrIov?.Read(offset - FunctionLayout.SrIov) ?? 0,
            FunctionLayout.AccessControl => Register.Header(
                ExtendedCapabilityId.AccessControlServices, 1, EndOfList),
            FunctionLayout.AccessControl + 4 =>
                FunctionLayout.AccessControlBits | accessControl,
            _ => 0,
        };
    }

    /// <summary>A function-level reset (section 6.6.2); its VFs go with it.</summary>
    private void Reset()
    {
        command = 0;
        statusErrors = 0;
        cacheLineSize = 0;
        interruptLine = 0;
        powerState = 0;
        accessControl = 0;
        registers = default;
        msiX = default;
        express.Reset(Description.LinkSpeed);
        MsiX.Reset();
        SrIov?.Reset();
        Observer?.MemoryDecodingChanged();
        Observer?.FunctionLevelReset(Function);
    }
}
