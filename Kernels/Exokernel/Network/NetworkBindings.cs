using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.PacketFilters;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// Secure bindings of the network where the card has virtual functions: the card demultiplexes by
/// filters for the environment's address, and the environment reaches its function's registers
/// and rings through its page tables. The kernel checks when a binding is made; each packet goes
/// without it (Engler et al., SOSP 1995, section 3.1: authorisation at bind time, access at use).
/// </summary>
internal sealed class NetworkBindings
{
    private const int Vector = 0;
    private const int Queue = 0;
    private const int OwnSlot = 0;
    private const int FirstCoreVector = 48;
    private const int FiltersPerFunction = 4;

    private readonly KernelState state;
    private readonly VirtualFunctions functions;
    private readonly long[] settledPs;
    private int filterCount;

    public NetworkBindings(KernelState state, VirtualFunctions functions, int count)
    {
        this.state = state;
        this.functions = functions;
        settledPs = new long[count];
        Addresses = new AddressRights(state.Memory.Credentials, state.Machine.Guards);
    }

    /// <summary>Addresses looked at to bind one.</summary>
    public long CheckCount => Addresses.CheckCount;

    /// <summary>Who may bind which address.</summary>
    public AddressRights Addresses { get; }

    /// <summary>The physical function, from the first binding on by which environments share it.
    /// </summary>
    public SharedCard? Card { get; private set; }

    private Machine Machine => state.Machine;

    private Nic Nic => state.Nic;

    /// <summary>
    /// Makes a binding, if the address is the environment's and everything that it takes is there.
    /// </summary>
    public CallResult Bind(
        EnvironmentRecord environment, KernelCall.BindNetwork call, ref long atPs)
    {
        if (environment.Network is not null)
            return new CallResult(ExokernelRefusal.AlreadyBound);
        var refusal = Addresses.Check(environment.Number, OwnSlot, call.Mac, call.Ip);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        var receive = Predicates(FilterDirection.Receive, call);
        var transmit = Predicates(FilterDirection.Transmit, call);
        if (filterCount + receive.Count > Nic.Model.MaximumReceiveFilters)
            return new CallResult(ExokernelRefusal.FiltersExhausted);
        var coreVector = call.HasInterrupt ? FreeVector(environment.Core) : -1;
        if (call.HasInterrupt && coreVector < 0)
            return new CallResult(ExokernelRefusal.VectorsExhausted);
        if (!functions.TryTake(out var function))
            return new CallResult(ExokernelRefusal.FunctionsExhausted);
        var binding = new NetworkBinding(
            function, coreVector, (long)function * FiltersPerFunction, receive.Count,
            transmit.Count);
        if (!TryAttach(environment, binding, call, ref atPs))
        {
            functions.Return(function);
            return new CallResult(ExokernelRefusal.OutOfTableFrames);
        }

        filterCount += receive.Count;
        environment.Network = binding;
        Install(environment, binding, receive, transmit, ref atPs);
        return new CallResult(
            ExokernelRefusal.None,
            BindingValue.Of(function, call.HasInterrupt ? Vector : BindingValue.NoVector).Word);
    }

    /// <summary>
    /// Makes a binding of the shared card. Where no filter is left, its frames reach another core.
    /// </summary>
    public CallResult Bind(
        EnvironmentRecord environment, KernelCall.BindPackets call, ref long atPs)
    {
        if (environment.Network is not null)
            return new CallResult(ExokernelRefusal.AlreadyBound);
        var refusal = Addresses.Check(environment.Number, call.Slot, call.Mac, call.Ip);
        if (refusal == ExokernelRefusal.None)
            refusal = OpenCard(environment.Core, ref atPs);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        var hasFilter = filterCount < Nic.Model.MaximumReceiveFilters;
        var result = Card!.Bind(
            environment, call, settledPs.Length + environment.Number, hasFilter, ref atPs);
        if (result.Refusal == ExokernelRefusal.None && hasFilter)
            filterCount++;
        return result;
    }

    /// <summary>
    /// Breaks a binding: the device's queues stop, its DMA reaches nothing, its registers are
    /// unmapped, nothing is steered to it. Returns when it is done.
    /// </summary>
    public long Break(EnvironmentRecord environment, Core core, long atPs)
    {
        if (environment.Network is not { } binding)
            return atPs;
        environment.Network = null;
        filterCount -= binding.ReceiveFilters;
        if (binding.Shared is not null)
            return Card!.Break(environment, binding, core, atPs);
        for (var index = 0; index < binding.ReceiveFilters; index++)
        {
            functions.Order(core, ref atPs, new PhysicalFunctionProtocol.RemoveReceiveFilter(
                binding.FirstFilter + index));
        }

        for (var index = 0; index < binding.TransmitFilters; index++)
        {
            functions.Order(core, ref atPs, new PhysicalFunctionProtocol.RemoveTransmitFilter(
                binding.FirstFilter + binding.ReceiveFilters + index));
        }

        if (binding.CoreVector >= 0)
            environment.Core.Bind(binding.CoreVector, default);
        environment.Memory.UnmapRegisters(EnvironmentLayout.RegisterPage, Nic.RegisterPages);
        environment.Memory.Function = -1;
        atPs = state.Work.WritePages(core, Nic.RegisterPages, atPs);
        var donePs = functions.Detach(binding.Function, core, atPs);
        settledPs[binding.Function] = donePs;
        return donePs;
    }

    /// <summary>
    /// Sets the physical function up for the first environment that shares it: from then on the
    /// card may interrupt any core.
    /// </summary>
    private ExokernelRefusal OpenCard(Core core, ref long atPs)
    {
        if (Card is not null)
            return ExokernelRefusal.None;
        var isShared = Nic.Model.MaximumVirtualFunctions == 0
            || state.Options.DemultiplexesWhenFunctionsRunOut;
        if (!isShared || state.Options.Network is not { } library)
            return ExokernelRefusal.CardNotShared;
        Card = SharedCard.Open(
            state, functions, library, (long)settledPs.Length * FiltersPerFunction, core,
            ref atPs);
        if (Card is null)
            return ExokernelRefusal.OutOfMemory;
        foreach (var any in Machine.Cores)
            any.IsExclusive = false;
        return ExokernelRefusal.None;
    }

    private bool TryAttach(
        EnvironmentRecord environment, NetworkBinding binding, KernelCall.BindNetwork call,
        ref long atPs)
    {
        var memory = environment.Memory;
        if (!memory.TryMapRegisters(
            EnvironmentLayout.RegisterPage, Nic.RegistersOf(binding.Function),
            Nic.RegisterPages))
            return false;
        // The orders to the device that took the function from another are obeyed before these.
        atPs = Math.Max(atPs, settledPs[binding.Function]);
        if (!functions.TryAttach(
            binding.Function, new MacAddress(call.Mac), memory.Space, call.BitsPerSecond,
            environment.Core, ref atPs))
        {
            memory.UnmapRegisters(EnvironmentLayout.RegisterPage, Nic.RegisterPages);
            return false;
        }

        memory.Function = binding.Function;
        atPs = state.Work.WritePages(environment.Core, Nic.RegisterPages, atPs);
        return true;
    }

    private void Install(
        EnvironmentRecord environment, NetworkBinding binding,
        List<FilterPredicate> receive, List<FilterPredicate> transmit, ref long atPs)
    {
        var core = environment.Core;
        var filter = binding.FirstFilter;
        foreach (var predicate in receive)
        {
            functions.Order(core, ref atPs, new PhysicalFunctionProtocol.InstallReceiveFilter(
                binding.Function, Queue, predicate, filter++));
        }

        foreach (var predicate in transmit)
        {
            functions.Order(core, ref atPs, new PhysicalFunctionProtocol.InstallTransmitFilter(
                binding.Function, predicate, filter++));
        }

        if (binding.CoreVector < 0)
            return;
        core.Bind(
            binding.CoreVector, new VectorBinding(state.Kernel, null, environment.Number));
        functions.Order(core, ref atPs, new PhysicalFunctionProtocol.ProgramVector(
            binding.Function, Vector, (ulong)Machine.InterruptAddressOf(core.Number),
            (uint)binding.CoreVector));
    }

    /// <summary>
    /// In: what is for the own station. Out: IPv4 from the own address, and ARP. Where the card
    /// looks at less, what it can look at.
    /// </summary>
    private List<FilterPredicate> Predicates(
        FilterDirection direction, KernelCall.BindNetwork call)
    {
        var isReceive = direction == FilterDirection.Receive;
        var station = new FilterSpecification
        {
            Direction = direction,
            Level = FilterLevel.Ethernet,
            LocalMac = call.Mac,
            Services = isReceive ? [] : [(ushort)EtherType.Arp],
        };
        var predicates = new List<FilterPredicate>();
        FilterTranslation.Translate(station, predicates);
        if (!isReceive)
        {
            FilterTranslation.Translate(
                station with { Level = FilterLevel.Ip, LocalIp = call.Ip, Services = [] },
                predicates);
        }

        if (Nic.Model.SupportsFiveTuple)
            return predicates;
        return
        [
            .. predicates.Select(predicate => isReceive
                ? predicate.OnlyDestinationMacAndVlan() : predicate.OnlySourceMacAndVlan())
                .Distinct(),
        ];
    }

    private static int FreeVector(Core core)
    {
        for (var vector = FirstCoreVector; vector < Core.VectorCount; vector++)
        {
            if (core.BindingOf(vector).Kernel is null)
                return vector;
        }

        return -1;
    }
}
