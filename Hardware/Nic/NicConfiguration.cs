using Disguise.Actors.Dispatch;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic.Software;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Nic;

/// <summary>
/// The functions of a NIC: their configuration spaces, which of them exist, and where their
/// registers are in physical addresses.
/// </summary>
internal sealed class NicConfiguration : IConfigurationObserver
{
    /// <summary>Physical addresses that firmware gives each device: 1 GiB by its bus.</summary>
    private const int ApertureShift = 30;
    private const ushort MemorySpaceAndBusMaster = 6;
    private const int CommandOffset = 4;
    private const int FirstBar = 0x10;
    private const int FirstVirtualBarInCapability = 0x24;

    private readonly NicDataPath device;
    private readonly NicFunction physical;
    private NicFunction[] functions = [];
    private string[] addresses = [];
    private MmioRegion? physicalWindow;
    private MmioRegion? virtualWindows;

    public NicConfiguration(NicDataPath device)
    {
        this.device = device;
        var model = device.Model;
        var total = device.Options.TotalVirtualFunctions;
        var most = model.MaximumVirtualFunctions;
        if (total < Math.Min(1, most) || total > most)
        {
            throw new InvalidOperationException(
                $"{model} has {Math.Min(1, most)} to {most} virtual functions, not {total}");
        }

        Space = new PhysicalFunctionConfiguration(
            device.Options.Function,
            model.Description with
            {
                SrIov = model.Description.SrIov is { } srIov
                    ? srIov with { TotalVirtualFunctions = (ushort)total } : null,
            });
        physical = new NicFunction(
            device, PhysicalFunctionProtocol.PhysicalFunction, device.Options.Function,
            NicModel.PhysicalFunctionQueues);
        PowerOn();
        Space.Observer = this;
        MemoryDecodingChanged();
    }

    public PhysicalFunctionConfiguration Space { get; }

    public NicFunction Physical => physical;

    /// <summary>Virtual functions that exist.</summary>
    public int FunctionCount => functions.Length;

    /// <summary>What functions counted that are gone.</summary>
    public PacketCounters Retired { get; } = new();

    /// <summary>Functions that a core emulates, if there are any.</summary>
    public SoftwareFunctions? Software { get; private set; }

    /// <summary>One more than the highest number of a function; some may not exist.</summary>
    public int EndNumber => Math.Max(functions.Length, Software?.End ?? 0);

    public FunctionId IdOf(int function) => Software is { } software && function >= software.First
        ? software.RequesterOf(function)
        : Space.SrIov!.RoutingIdOf(function);

    /// <summary>Physical address of a function's registers, -1 for the physical one.</summary>
    public long RegistersOf(int function)
    {
        if (function < 0)
            return (long)Space.RegistersAddress;
        return Software is { } software && function >= software.First
            ? software.RegistersAddress
                + ((long)(function - software.First) * FunctionRegisters.WindowBytes)
            : (long)Space.SrIov!.RegistersAddress
                + (function * Space.SrIov.RegistersSizeBytes);
    }

    /// <summary>Adds functions that a core emulates, behind the virtual ones.</summary>
    public void AddSoftware(int first, int count, ISoftwareExecution execution)
    {
        if (Software is not null)
            throw new InvalidOperationException("software functions are added once");
        var address = Machine.FirstMmioAddress
            + ((long)device.Options.Function.Bus << ApertureShift)
            + (1L << (ApertureShift - 3));
        Software = new SoftwareFunctions(device, first, count, address, execution);
        device.Machine.Mmio.Add(Software.Region);
        device.Island.Schedule(
            device.NowPs, device.Device, NicProtocol.SoftwareAdded.Instance, device.Device);
    }

    /// <summary>A function by number, -1 for the physical one; null if there is none.</summary>
    public NicFunction? Find(int number) => number < 0
        ? (number == PhysicalFunctionProtocol.PhysicalFunction ? physical : null)
        : number < functions.Length ? functions[number] : Software?.Find(number);

    /// <summary>The address of a function in reports.</summary>
    public string AddressOf(int number)
    {
        var index = number + 1;
        if (index >= addresses.Length)
            Array.Resize(ref addresses, Math.Max(index + 1, EndNumber + 1));
        return addresses[index] ??= number < 0 ? $"{device.Address}.pf"
            : Software is { } software && number >= software.First
                ? $"{device.Address}.software[{number - software.First}]"
                : $"{device.Address}.vf[{number}]";
    }

    public MsiXTable? MsiXOf(NicFunction function)
    {
        if (function.IsPhysical)
            return Space.MsiX;
        if (Software?.Find(function.Number) == function)
            return Software.TableOf(function);
        return Space.SrIov is { } srIov && srIov.TryGet(function.Number, out var space)
            ? space.MsiX : null;
    }

    /// <summary>A function's configuration space; null if it does not exist.</summary>
    public ConfigurationSpace? SpaceOf(FunctionId function)
    {
        if (function == Space.Function)
            return Space;
        return Space.SrIov is { } srIov && srIov.TryFind(function, out var index)
            && srIov.TryGet(index, out var space) ? space : null;
    }

    public void VirtualFunctionsEnabled(int count)
    {
        functions = new NicFunction[count];
        var queues = device.Model.QueuesPerFunction(count);
        for (var number = 0; number < count; number++)
            functions[number] = new NicFunction(device, number, IdOf(number), queues);
        TellDevice();
    }

    public void VirtualFunctionsDisabled(int count)
    {
        foreach (var function in functions)
        {
            Clear(function);
            function.Disable();
            if (function.StatisticsIfAny is { } statistics)
                Retired.Add(statistics.Packets);
        }

        functions = [];
        TellDevice();
    }

    /// <summary>Resets a function that a core emulates; false if it is none.</summary>
    public bool ResetSoftware(NicFunction function)
    {
        if (Software?.Find(function.Number) != function)
            return false;
        Clear(function);
        Software.Reset(function);
        return true;
    }

    public void FunctionLevelReset(FunctionId function)
    {
        if (function == Space.Function)
        {
            Clear(physical);
            physical.Reset();
        }
        else if (Space.SrIov is { } srIov && srIov.TryFind(function, out var index))
        {
            Clear(functions[index]);
            functions[index].Reset();
        }
    }

    public void MemoryDecodingChanged()
    {
        var mmio = device.Machine.Mmio;
        if (physicalWindow is not null)
            mmio.Remove(physicalWindow);
        if (virtualWindows is not null)
            mmio.Remove(virtualWindows);
        physicalWindow = null;
        virtualWindows = null;
        if (Space.IsMemorySpaceEnabled)
        {
            physicalWindow = Enter(mmio, new MmioRegion(
                (long)Space.RegistersAddress, Space.Description.RegistersSizeBytes, 1,
                Space.Function, 0, new Windows(this, true)));
        }

        if (Space.SrIov is { IsEnabled: true, IsMemorySpaceEnabled: true } srIov
            && srIov.VirtualFunctionCount > 0)
        {
            virtualWindows = Enter(mmio, new MmioRegion(
                (long)srIov.RegistersAddress, srIov.RegistersSizeBytes, srIov.VirtualFunctionCount,
                Space.Function, 0, new Windows(this, false)));
        }
    }

    /// <summary>
    /// Enters a region. What a BAR puts on memory or on another's registers does not answer.
    /// </summary>
    private static MmioRegion? Enter(MmioMap mmio, MmioRegion region)
    {
        if (region.FirstAddress < mmio.FirstAddress || mmio.Regions.Count == MmioMap.MaximumRegions)
            return null;
        foreach (var other in mmio.Regions)
        {
            if (region.FirstAddress < other.EndAddress && other.FirstAddress < region.EndAddress)
                return null;
        }

        mmio.Add(region);
        return region;
    }

    /// <summary>Takes a function out of the tables of the device.</summary>
    private void Clear(NicFunction function)
    {
        if (function.Mac != 0)
            device.Classifier.RemoveMac(function.Mac, function.Number);
        if (function.Access is not { } access)
            return;
        foreach (var filter in access.ReceiveFilters)
            device.Classifier.Remove(filter, function.Number, null);
    }

    private void TellDevice() => device.Island.Schedule(
        device.NowPs, device.Device, NicProtocol.FunctionsChanged.Instance, device.Device);

    /// <summary>What firmware does at power-on: it gives the BARs addresses.</summary>
    private void PowerOn()
    {
        var aperture = (ulong)Machine.FirstMmioAddress
            + ((ulong)device.Options.Function.Bus << ApertureShift);
        var srIov = Space.FindExtendedCapability(ExtendedCapabilityId.SrIov);
        var step = 1UL << (ApertureShift - 2);
        WriteAddress(FirstBar, aperture);
        WriteAddress(FirstBar + (4 * Space.Description.MsiXBaseAddressRegister), aperture + step);
        if (Space.Description.SrIov is { } description)
        {
            WriteAddress(srIov + FirstVirtualBarInCapability, aperture + (2 * step));
            WriteAddress(
                srIov + FirstVirtualBarInCapability + (4 * description.MsiXBaseAddressRegister),
                aperture + (3 * step));
        }

        Space.WriteUInt16(CommandOffset, MemorySpaceAndBusMaster);
    }

    private void WriteAddress(int offset, ulong address)
    {
        Space.WriteUInt32(offset, (uint)address);
        Space.WriteUInt32(offset + 4, (uint)(address >> 32));
    }

    private sealed class Windows(NicConfiguration configuration, bool isPhysical) : IMmioTarget
    {
        public IslandActorRef? ActorOf(int window) => isPhysical
            ? configuration.physical.Actor
            : configuration.Find(window)?.Actor;
    }
}
