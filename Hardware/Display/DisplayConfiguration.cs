using Disguise.Actors.Dispatch;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Display;

/// <summary>
/// The configuration space of a display, and where its registers and apertures are in physical
/// addresses.
/// </summary>
internal sealed class DisplayConfiguration : IConfigurationObserver
{
    private const uint DisplayController = 0x038000;
    private const int FirstBar = 0x10;
    private const int CommandOffset = 4;
    private const ushort MemorySpace = 2;
    /// <summary>Physical addresses that firmware gives each device: 1 GiB by its bus.</summary>
    private const int ApertureShift = 30;

    private readonly DisplayDevice device;
    private MmioRegion? window;

    public DisplayConfiguration(DisplayDevice device)
    {
        this.device = device;
        Space = new PhysicalFunctionConfiguration(
            device.Options.Function, DescriptionOf(device.ApertureBytes));
        PowerOn();
        Space.Observer = this;
        MemoryDecodingChanged();
    }

    public PhysicalFunctionConfiguration Space { get; }

    public void VirtualFunctionsEnabled(int count) => throw NoFunctions();

    public void VirtualFunctionsDisabled(int count) => throw NoFunctions();

    public void FunctionLevelReset(FunctionId function) => device.Reset();

    public void MemoryDecodingChanged()
    {
        var mmio = device.Machine.Mmio;
        if (window is not null)
            mmio.Remove(window);
        window = null;
        var wanted = new MmioRegion(
            (long)Space.RegistersAddress, Space.Description.RegistersSizeBytes, 1,
            Space.Function, 0, new Registers(device));
        // What a BAR puts on memory or on another's registers does not answer.
        if (!Space.IsMemorySpaceEnabled || wanted.FirstAddress < mmio.FirstAddress
            || mmio.Regions.Any(other => wanted.FirstAddress < other.EndAddress
                && other.FirstAddress < wanted.EndAddress))
            return;
        mmio.Add(wanted);
        window = wanted;
    }

    /// <summary>
    /// A display controller that never was; its id is from the range that Red Hat leaves to
    /// experiments (QEMU's <c>docs/specs/pci-ids</c>: 1af4:10f0 to 1af4:10ff).
    /// </summary>
    private static FunctionDescription DescriptionOf(long apertureBytes) => new()
    {
        VendorId = 0x1AF4,
        DeviceId = 0x10F2,
        ClassCode = DisplayController,
        SubsystemVendorId = 0x1AF4,
        SubsystemId = 0x10F2,
        RegistersSizeBytes = DisplayRegisters.TagCount * apertureBytes,
        MsiXVectorCount = 1,
        LinkSpeed = 1,
        LinkWidth = 1,
    };

    private static InvalidOperationException NoFunctions() =>
        new("a display has no virtual functions");

    /// <summary>What firmware does at power-on: it gives the BARs addresses.</summary>
    private void PowerOn()
    {
        var aperture = (ulong)Machine.FirstMmioAddress
            + ((ulong)device.Options.Function.Bus << ApertureShift);
        WriteAddress(FirstBar, aperture);
        WriteAddress(
            FirstBar + (4 * Space.Description.MsiXBaseAddressRegister),
            aperture + (1UL << (ApertureShift - 1)));
        Space.WriteUInt16(CommandOffset, MemorySpace);
    }

    private void WriteAddress(int offset, ulong address)
    {
        Space.WriteUInt32(offset, (uint)address);
        Space.WriteUInt32(offset + 4, (uint)(address >> 32));
    }

    private sealed class Registers(DisplayDevice device) : IMmioTarget
    {
        public IslandActorRef? ActorOf(int window) => device.Actor;
    }
}
