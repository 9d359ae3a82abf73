using System.Diagnostics.CodeAnalysis;

namespace Disguise.Hardware.PciExpress;

/// <summary>
/// The SR-IOV extended capability of a physical function (Single Root I/O Virtualization and
/// Sharing Specification 1.1, section 3.3). While VF Enable is set there are as many VFs as NumVFs
/// says, and NumVFs and System Page Size do not change; a value of NumVFs beyond TotalVFs is not
/// taken. The specification leaves the result of such writes open; here the register keeps what
/// it had.
/// </summary>
public sealed class SrIovCapability
{
    internal const int SizeBytes = 0x40;

    private const uint EnableBit = 1;
    private const uint MemorySpaceEnableBit = 1 << 3;
    private const uint AriHierarchyBit = 1 << 4;
    private const uint ControlBits = EnableBit | MemorySpaceEnableBit | AriHierarchyBit;
    private const uint AriHierarchyPreserved = 2;

    private readonly PhysicalFunctionConfiguration physical;
    private VirtualFunctionConfiguration?[] functions = [];
    private WideBaseAddress registers;
    private WideBaseAddress msiX;
    private uint control;
    private ushort configuredCount;
    private uint systemPageSize = 1;

    internal SrIovCapability(
        PhysicalFunctionConfiguration physicalFunction, SrIovDescription description)
    {
        physical = physicalFunction;
        Description = description;
        var last = physicalFunction.Function.RoutingId + description.FirstOffset
            + (description.Stride * (description.TotalVirtualFunctions - 1));
        if (description.TotalVirtualFunctions < 1 || description.Stride < 1
            || last > ushort.MaxValue)
        {
            throw new InvalidOperationException(
                $"the VFs of {physicalFunction.Function} do not fit into routing ids");
        }
    }

    /// <summary>The read-only part.</summary>
    public SrIovDescription Description { get; }

    /// <summary>VF Enable.</summary>
    public bool IsEnabled => (control & EnableBit) != 0;

    /// <summary>VF MSE: the VFs' registers answer.</summary>
    public bool IsMemorySpaceEnabled => (control & MemorySpaceEnableBit) != 0;

    /// <summary>ARI Capable Hierarchy, which a reset by function leaves alone.</summary>
    public bool IsAriHierarchy => (control & AriHierarchyBit) != 0;

    /// <summary>NumVFs as written, whether or not VFs are enabled.</summary>
    public int ConfiguredCount => configuredCount;

    /// <summary>VFs that exist now.</summary>
    public int VirtualFunctionCount => functions.Length;

    /// <summary>Physical address of the first VF's registers: VF BAR 0.</summary>
    public ulong RegistersAddress => registers.Address;

    /// <summary>Physical address of the first VF's MSI-X table.</summary>
    public ulong MsiXAddress => msiX.Address;

    /// <summary>Bytes from one VF's registers to the next: at least a system page.</summary>
    public long RegistersSizeBytes => Aperture(Description.RegistersSizeBytes);

    /// <summary>Bytes from one VF's MSI-X table to the next.</summary>
    public long MsiXSizeBytes => Aperture(MsiXTable.BarSizeBytes(Description.MsiXVectorCount));

    /// <summary>Routing id of a VF, counted from zero; whether or not it exists now.</summary>
    public FunctionId RoutingIdOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
            index, (int)Description.TotalVirtualFunctions);
        return new FunctionId((ushort)(
            physical.Function.RoutingId + Description.FirstOffset + (Description.Stride * index)));
    }

    /// <summary>
    /// Which VF, counted from zero, has a routing id. False when none that exists.
    /// </summary>
    public bool TryFind(FunctionId function, out int index)
    {
        var distance = function.RoutingId - physical.Function.RoutingId - Description.FirstOffset;
        index = distance / Description.Stride;
        return distance >= 0 && distance % Description.Stride == 0 && index < functions.Length;
    }

    /// <summary>
    /// A VF's configuration space, counted from zero. False when it does not exist.
    /// </summary>
    public bool TryGet(int index, [NotNullWhen(true)] out VirtualFunctionConfiguration? function)
    {
        function = null;
        if ((uint)index >= (uint)functions.Length) return false;
        function = functions[index] ??=
            new VirtualFunctionConfiguration(RoutingIdOf(index), physical, Description);
        return true;
    }

    internal uint Read(int offset) => offset switch
    {
        0x04 => AriHierarchyPreserved,
        0x08 => control,
        0x0C => Description.TotalVirtualFunctions
            | ((uint)Description.TotalVirtualFunctions << 16),
        0x10 => configuredCount,
        0x14 => Description.FirstOffset | ((uint)Description.Stride << 16),
        0x18 => (uint)Description.DeviceId << 16,
        0x1C => Description.SupportedPageSizes,
        0x20 => systemPageSize,
        _ => ReadBaseAddress(offset),
    };

    internal void Write(int offset, uint value, uint lanes)
    {
        switch (offset)
        {
            case 0x08:
                WriteControl(Register.Write(control, value, lanes, ControlBits));
                break;
            case 0x10 when !IsEnabled:
                var count = Register.Write(configuredCount, value, lanes, 0xFFFF);
                if (count <= Description.TotalVirtualFunctions) configuredCount = (ushort)count;
                break;
            case 0x20 when !IsEnabled:
                WritePageSize(Register.Write(systemPageSize, value, lanes, ~0U));
                break;
            default:
                WriteBaseAddress(offset, value, lanes);
                break;
        }
    }

    /// <summary>A reset of the physical function: its VFs are gone.</summary>
    internal void Reset()
    {
        WriteControl(control & AriHierarchyBit);
        configuredCount = 0;
        systemPageSize = 1;
        registers = default;
        msiX = default;
    }

    private long Aperture(long sizeBytes) => Math.Max(sizeBytes, (long)systemPageSize << 12);

    private void WriteControl(uint value)
    {
        var changed = control ^ value;
        control = value;
        if ((changed & EnableBit) != 0)
        {
            var before = functions.Length;
            functions = IsEnabled ? new VirtualFunctionConfiguration?[configuredCount] : [];
            if (IsEnabled) physical.Observer?.VirtualFunctionsEnabled(functions.Length);
            else physical.Observer?.VirtualFunctionsDisabled(before);
        }
        if ((changed & (EnableBit | MemorySpaceEnableBit)) != 0)
        {
            physical.Observer?.MemoryDecodingChanged();
        }
    }

    /// <summary>One supported page size, or the register keeps what it had.</summary>
    private void WritePageSize(uint value)
    {
        if (value == 0 || (value & (value - 1)) != 0) return;
        if ((value & Description.SupportedPageSizes) == 0) return;
        systemPageSize = value;
        registers.Align(RegistersSizeBytes);
        msiX.Align(MsiXSizeBytes);
    }

    private uint ReadBaseAddress(int offset)
    {
        var bar = (offset - 0x24) / 4;
        if (bar == 0) return registers.ReadLow();
        if (bar == 1) return registers.ReadHigh();
        if (bar == Description.MsiXBaseAddressRegister) return msiX.ReadLow();
        return bar == Description.MsiXBaseAddressRegister + 1 ? msiX.ReadHigh() : 0;
    }

    /// <summary>VF BARs are written only while the VFs' registers do not answer.</summary>
    private void WriteBaseAddress(int offset, uint value, uint lanes)
    {
        if (offset is < 0x24 or > 0x38 || IsMemorySpaceEnabled) return;
        var bar = (offset - 0x24) / 4;
        var second = Description.MsiXBaseAddressRegister;
        if (bar == 0) registers.WriteLow(value, lanes, RegistersSizeBytes);
        else if (bar == 1) registers.WriteHigh(value, lanes, RegistersSizeBytes);
        else if (bar == second) msiX.WriteLow(value, lanes, MsiXSizeBytes);
        else if (bar == second + 1) msiX.WriteHigh(value, lanes, MsiXSizeBytes);
        else return;
        physical.Observer?.MemoryDecodingChanged();
    }
}
