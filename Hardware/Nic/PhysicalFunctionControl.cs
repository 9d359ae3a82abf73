using Disguise.Actors.Crossings;
using Disguise.Hardware.Nic.Filters;
using static Disguise.Hardware.Nic.PhysicalFunctionProtocol;

namespace Disguise.Hardware.Nic;

/// <summary>
/// Carries out the kernel's orders. An order about a function that does not exist does nothing: it
/// was disabled meanwhile.
/// </summary>
internal sealed class PhysicalFunctionControl(NicDataPath device)
{
    /// <summary>Lowest rate of a queue (82599 driver: 10 Mb/s).</summary>
    private const long LeastBitsPerSecond = 10_000_000;

    private readonly Dictionary<long, List<int>> transmitFunctions = [];

    /// <summary>Does what an order says; the answer, if it has one.</summary>
    public CrossingMessage? Do(Order order)
    {
        switch (order)
        {
            case WriteConfiguration write:
                Write(write);
                return null;
            case AssignMac assign:
                Assign(assign);
                return null;
            case RemoveMac remove:
                device.Classifier.RemoveMac(remove.Mac.Value, PhysicalFunction);
                return null;
            case InstallReceiveFilter install:
                return Answer(install.FilterId, Install(install));
            case RemoveReceiveFilter remove:
                device.Classifier.Remove(remove.FilterId, null, function =>
                    Forget(function, remove.FilterId));
                return null;
            case InstallTransmitFilter install:
                return Answer(install.FilterId, Install(install));
            case RemoveTransmitFilter remove:
                Remove(remove);
                return null;
            case SetRate rate:
                Set(rate);
                return null;
            case ProgramVector program:
                Program(program);
                return null;
            case MaskVector mask:
                Mask(mask);
                return null;
            case ResetFunction reset:
                Reset(reset.VirtualFunction);
                return null;
            case SetLink link:
                Set(link);
                return null;
            default:
                throw new InvalidOperationException($"unknown order {order.GetType().Name}");
        }
    }

    private static CrossingMessage Answer(long filterId, FilterRefusal? refusal) =>
        refusal is { } reason ? new Refused(filterId, reason) : new Installed(filterId);

    private void Write(WriteConfiguration write)
    {
        if (device.Configuration.SpaceOf(write.Function) is not { } space)
            return;
        switch (write.WidthBytes)
        {
            case 1:
                space.WriteByte(write.Offset, (byte)write.Value);
                break;
            case 2:
                space.WriteUInt16(write.Offset, (ushort)write.Value);
                break;
            case 4:
                space.WriteUInt32(write.Offset, write.Value);
                break;
            default:
                throw new InvalidOperationException($"{write.WidthBytes} bytes of configuration");
        }
    }

    private void Assign(AssignMac assign)
    {
        if (device.Configuration.Find(assign.VirtualFunction) is not { } function)
            return;
        if (!function.IsPhysical && function.Mac != 0)
            device.Classifier.RemoveMac(function.Mac, function.Number);
        function.Mac = assign.Mac.Value;
        if (assign.Mac.Value != 0)
            device.Classifier.SetMac(assign.Mac.Value, function.Number);
    }

    private FilterRefusal? Install(InstallReceiveFilter install)
    {
        if (device.Configuration.Find(install.Function) is not { } function)
            return FilterRefusal.NoSuchFunction;
        if (install.Queue < AnyQueue || install.Queue >= function.QueueCount)
            return FilterRefusal.NoSuchQueue;
        var refusal = device.Classifier.Install(
            install.Predicate, install.FilterId, install.Function, install.Queue);
        if (refusal is not null)
            return refusal;
        var access = function.Access ??= new FunctionAccess();
        access.ReceiveFilters.Add(install.FilterId);
        access.AddVlan(install.Predicate, install.FilterId);
        return null;
    }

    private FilterRefusal? Install(InstallTransmitFilter install)
    {
        if (install.VirtualFunction < 0
            || device.Configuration.Find(install.VirtualFunction) is not { } function)
        {
            return FilterRefusal.NoSuchFunction;
        }

        if (!device.Model.SupportsFiveTuple
            && install.Predicate != install.Predicate.OnlySourceMacAndVlan())
        {
            return FilterRefusal.UnsupportedPredicate;
        }

        var access = function.Access ??= new FunctionAccess();
        if (access.HasTransmit(install.Predicate, install.FilterId))
            return FilterRefusal.AlreadyThere;
        if (access.TransmitCount == FilterTable.MaskLimit)
            return FilterRefusal.TableFull;
        access.AddTransmit(install.Predicate, install.FilterId);
        if (!transmitFunctions.TryGetValue(install.FilterId, out var owners))
            transmitFunctions.Add(install.FilterId, owners = new(1));
        if (!owners.Contains(install.VirtualFunction))
            owners.Add(install.VirtualFunction);
        return null;
    }

    private void Forget(int function, long filterId)
    {
        var access = device.Configuration.Find(function)?.Access;
        access?.ReceiveFilters.Remove(filterId);
        access?.RemoveVlans(filterId);
    }

    private void Remove(RemoveTransmitFilter remove)
    {
        if (!transmitFunctions.Remove(remove.FilterId, out var owners))
            return;
        foreach (var function in owners)
            device.Configuration.Find(function)?.Access?.RemoveTransmit(remove.FilterId);
    }

    private void Set(SetRate rate)
    {
        if (device.Configuration.Find(rate.VirtualFunction) is not { } function
            || (uint)rate.Queue >= (uint)function.QueueCount)
        {
            return;
        }

        var bitsPerSecond = rate.BitsPerSecond <= 0 ? 0
            : Math.Clamp(
                rate.BitsPerSecond, LeastBitsPerSecond, device.Options.LinkBitsPerSecond);
        if (rate.Direction == QueueDirection.Transmit)
            function.Transmit.SetRate(rate.Queue, bitsPerSecond);
        else
            function.Receive.SetRate(rate.Queue, bitsPerSecond);
    }

    private void Program(ProgramVector program)
    {
        if (VectorOf(program.VirtualFunction, program.Vector) is not { } table)
            return;
        var offset = program.Vector * PciExpress.MsiXTable.EntrySizeBytes;
        table.WriteTable(offset, (uint)program.Address);
        table.WriteTable(offset + 4, (uint)(program.Address >> 32));
        table.WriteTable(offset + 8, program.Data);
        table.WriteTable(offset + 12, 0);
        if (!table.IsEnabled)
            EnableMsiX(program.VirtualFunction);
    }

    private void EnableMsiX(int function)
    {
        const int MessageControl = 2;
        const ushort Enable = 1 << 15;
        var space = device.Configuration.SpaceOf(device.Configuration.Find(function)!.Id)!;
        var capability = space.FindCapability(PciExpress.CapabilityId.MsiX);
        space.WriteUInt16(capability + MessageControl, Enable);
    }

    private void Mask(MaskVector mask) => VectorOf(mask.VirtualFunction, mask.Vector)?.WriteTable(
        (mask.Vector * PciExpress.MsiXTable.EntrySizeBytes) + 12, mask.IsMasked ? 1u : 0u);

    private PciExpress.MsiXTable? VectorOf(int number, int vector)
    {
        if (device.Configuration.Find(number) is not { } function)
            return null;
        var table = device.Configuration.MsiXOf(function);
        if (table is null || (uint)vector >= (uint)table.VectorCount)
            return null;
        table.Sink = function;
        return table;
    }

    /// <summary>Initiate Function Level Reset in the function's Device Control.</summary>
    private void Reset(int number)
    {
        const int DeviceControl = 8;
        const ushort Initiate = 1 << 15;
        if (number < 0 || device.Configuration.Find(number) is not { } function)
            return;
        if (device.Configuration.ResetSoftware(function))
            return;
        var space = device.Configuration.SpaceOf(function.Id)!;
        var capability = space.FindCapability(PciExpress.CapabilityId.PciExpress);
        space.WriteUInt16(capability + DeviceControl, Initiate);
    }

    private void Set(SetLink link)
    {
        if (link.VirtualFunction is not { } number)
            device.IsLinkUp = link.IsUp;
        else if (device.Configuration.Find(number) is { } function)
            function.IsLinkUp = link.IsUp;
    }
}
