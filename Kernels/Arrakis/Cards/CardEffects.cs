using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.PciExpress;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.Cards;

/// <summary>
/// Carries the control plane's decisions about virtual interface cards out: orders to the NIC's
/// physical function, the IOMMU's tables, and the registers in the domain's address space.
/// </summary>
internal sealed class CardEffects
{
    private readonly Machine machine;
    private readonly Nic nic;
    private readonly int virtualFunctions;
    private readonly IommuTables iommuTables;
    private readonly MemoryEffects memory;
    private readonly List<Place> places = [];
    private readonly List<PhysicalFunctionProtocol.Order> orders = [];

    // No more entries than functions, and than predicates that ever stood at the same time.
    private readonly Dictionary<long, long> functionSettledPs = [];
    private readonly Dictionary<long, long> predicateSettledPs = [];

    public CardEffects(
        Machine machine, Nic nic, int virtualFunctions, IommuTables iommuTables,
        MemoryEffects memory)
    {
        this.machine = machine;
        this.nic = nic;
        this.virtualFunctions = virtualFunctions;
        this.iommuTables = iommuTables;
        this.memory = memory;
    }

    /// <summary>Orders that have not been sent.</summary>
    public IReadOnlyList<PhysicalFunctionProtocol.Order> Orders => orders;

    /// <summary>Register writes that the orders stand for.</summary>
    public long RegisterWrites
    {
        get
        {
            var writes = 0L;
            foreach (var order in orders)
                writes += order.RegisterWrites;
            return writes;
        }
    }

    /// <summary>The orders have been sent and reach the NIC at a time.</summary>
    public void SettleOrders(long arrivalPs)
    {
        foreach (var order in orders)
        {
            switch (order)
            {
                case PhysicalFunctionProtocol.ResetFunction reset:
                    Settle(functionSettledPs, reset.VirtualFunction, arrivalPs);
                    break;
                case PhysicalFunctionProtocol.RemoveReceiveFilter remove:
                    Settle(predicateSettledPs, remove.FilterId, arrivalPs);
                    break;
                case PhysicalFunctionProtocol.RemoveTransmitFilter remove:
                    Settle(predicateSettledPs, remove.FilterId, arrivalPs);
                    break;
                default:
                    break;
            }
        }

        orders.Clear();
    }

    /// <summary>
    /// When the NIC has been told of the end of what an event would use: a function, a predicate's
    /// place in a filter table. In the past for what was nobody's.
    /// </summary>
    public long SettledPs(ControlEvent planned) => planned switch
    {
        ControlEvent.CardCreated created =>
            functionSettledPs.GetValueOrDefault(NumberOf(created.Function)),
        ControlEvent.FilterPredicateInstalled installed =>
            predicateSettledPs.GetValueOrDefault(installed.Predicate),
        _ => 0,
    };

    /// <summary>Transmit predicates that a card's function holds.</summary>
    public int TransmitPredicatesOf(int card) => places[card].TransmitPredicates;

    /// <summary>Where a card's registers are and which function it is.</summary>
    public CardValue ValueOf(ControlEvent.CardCreated created) => new(
        RegisterPageOf(created.Card), NumberOf(created.Function), created.Function.IsSoftware);

    public void Create(ControlEvent.CardCreated created)
    {
        var function = NumberOf(created.Function);
        orders.Add(new PhysicalFunctionProtocol.AssignMac(function, new MacAddress(created.Mac)));
        var map = memory.MapOf(created.Domain);
        var place = map.FreeRegisterPlace();
        map.FlipRegisterPlace(place);
        while (places.Count <= created.Card)
            places.Add(default);
        places[created.Card] = new Place((byte)place, 0);
        memory.MapRegisters(
            created.Domain, RegisterPageOf(created.Card), nic.RegistersOf(function),
            nic.RegisterPages);
    }

    public void Attach(ControlEvent.CardAttached attached)
    {
        var map = memory.MapOf(attached.Domain);
        var domain = TranslationCaches.DeviceIdOf(attached.Domain);
        if (!iommuTables.SetDomain(domain, map.Space.RootAddress, map.Space.SecondStageRoot)
            || !iommuTables.Attach(RequesterOf(attached.Function), domain))
        {
            throw new InvalidOperationException("the kernel has no frame left for IOMMU tables");
        }

        map.Devices++;
        machine.Iommu.InvalidateContext(RequesterOf(attached.Function));
    }

    /// <summary>A function-level reset stops the queues and forgets all that was set up.
    /// </summary>
    public void Stop(ControlEvent.CardStopped stopped) =>
        orders.Add(new PhysicalFunctionProtocol.ResetFunction(NumberOf(stopped.Function)));

    public void Detach(ControlEvent.CardDetached detached)
    {
        var domain = TranslationCaches.DeviceIdOf(detached.Domain);
        iommuTables.Detach(RequesterOf(detached.Function));
        machine.Iommu.InvalidateContext(RequesterOf(detached.Function));
        var map = memory.MapOf(detached.Domain);
        map.Devices--;
        if (map.Devices > 0)
            return;
        iommuTables.ClearDomain(domain);
        machine.Iommu.InvalidateDomain(domain);
    }

    public void Delete(ControlEvent.CardDeleted deleted)
    {
        memory.UnmapRegisters(deleted.Domain, RegisterPageOf(deleted.Card), nic.RegisterPages);
        memory.MapOf(deleted.Domain).FlipRegisterPlace(places[deleted.Card].Register);
    }

    public void InstallFilter(ControlEvent.FilterPredicateInstalled installed)
    {
        var function = NumberOf(installed.Function);
        if (installed.Direction == FilterDirection.Receive)
        {
            orders.Add(new PhysicalFunctionProtocol.InstallReceiveFilter(
                function, installed.Queue, installed.Fields, installed.Predicate));
            return;
        }

        CountTransmitPredicates(installed.Card, 1);
        orders.Add(new PhysicalFunctionProtocol.InstallTransmitFilter(
            function, installed.Fields, installed.Predicate));
    }

    public void WithdrawFilter(ControlEvent.FilterPredicateWithdrawn withdrawn)
    {
        if (withdrawn.Direction == FilterDirection.Receive)
        {
            orders.Add(new PhysicalFunctionProtocol.RemoveReceiveFilter(withdrawn.Predicate));
            return;
        }

        CountTransmitPredicates(withdrawn.Card, -1);
        orders.Add(new PhysicalFunctionProtocol.RemoveTransmitFilter(withdrawn.Predicate));
    }

    public void SetRate(ControlEvent.RateSet rate) => orders.Add(
        new PhysicalFunctionProtocol.SetRate(
            NumberOf(rate.Function), rate.Queue, SideOf(rate.Direction), rate.BitsPerSecond));

    public void ClearRate(ControlEvent.RateCleared rate) => orders.Add(
        new PhysicalFunctionProtocol.SetRate(
            NumberOf(rate.Function), rate.Queue, SideOf(rate.Direction), 0));

    /// <summary>A function's MSI-X table entry raises a vector of a core.</summary>
    public void ProgramVector(int function, int message, int core, int vector) => orders.Add(
        new PhysicalFunctionProtocol.ProgramVector(
            function, message, (ulong)Machine.InterruptAddressOf(core), (uint)vector));

    /// <summary>A function's MSI-X table entry raises nothing.</summary>
    public void MaskVector(ControlEvent.DoorbellDissociated dissociated) => orders.Add(
        new PhysicalFunctionProtocol.MaskVector(
            NumberOf(dissociated.Function), dissociated.Vector, true));

    /// <summary>
    /// The function's number on the NIC: software functions come behind the virtual ones.
    /// </summary>
    public int NumberOf(FunctionAddress function) =>
        function.IsSoftware ? virtualFunctions + function.Index : function.Index;

    private static void Settle(Dictionary<long, long> times, long number, long arrivalPs) =>
        times[number] = Math.Max(times.GetValueOrDefault(number), arrivalPs);

    private static QueueDirection SideOf(FilterDirection direction) =>
        direction == FilterDirection.Transmit ? QueueDirection.Transmit : QueueDirection.Receive;

    private long RegisterPageOf(int card) =>
        DomainLayout.RegisterPageOf(places[card].Register, nic.RegisterPages);

    private void CountTransmitPredicates(int card, int change)
    {
        var place = places[card];
        places[card] = place with
        {
            TransmitPredicates = (short)(place.TransmitPredicates + change),
        };
    }

    private FunctionId RequesterOf(FunctionAddress function) =>
        nic.FunctionOf(NumberOf(function));

    private readonly record struct Place(byte Register, short TransmitPredicates);
}
