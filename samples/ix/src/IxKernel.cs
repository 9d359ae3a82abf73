namespace Ix;

/// <summary>
/// The control plane: gives each dataplane a core, memory and a virtual function of its own, and
/// takes them back (IX section 3: Linux with IXCP). No packet comes here.
/// </summary>
internal sealed class IxKernel : IKernelView
{
    private readonly MachinePlan plan;
    private readonly SortedDictionary<int, IxGrant> grants = [];
    private readonly List<PacketCounters> counters = [];
    private VirtualFunctions functions = null!;

    public IxKernel(MachinePlan plan)
    {
        this.plan = plan;
        PlaneAccount = new LedgerAccount($"{plan.Board.Name}.dataplane", "core", true);
        Actor = plan.Root.Add(
            "kernel", () => new KernelActor(plan.Board, plan.Nic, Boot, Receive));
    }

    /// <summary>What all dataplanes are charged.</summary>
    public LedgerAccount PlaneAccount { get; }

    public IslandActorRef Actor { get; }

    public IReadOnlyList<LedgerAccount> ServerAccounts => [PlaneAccount];

    public IReadOnlyList<PacketCounters> SoftwareCounters => counters;

    public KernelMessageKind KindOf(object message) => message is IxSignal.Revoke
        ? KernelMessageKind.Operator : KernelMessageKind.LifeOrFault;

    public long CheckFrames(List<string> findings) =>
        grants.Values.Sum(grant => grant.Memory.Check(findings));

    public long CheckCapabilities(List<string> findings) => 0;

    private Island Island => plan.Board.Island;

    public void RevokeNetwork(string tenantAddress, long atPs) => Island.Schedule(
        atPs, Actor, new IxSignal.Revoke(), null, NumberOf(tenantAddress));

    private void Boot()
    {
        var own = new OwnedTableFrames(plan.Board.Frames, plan.Board.Memory, new OwnerId(0));
        functions = new VirtualFunctions(
            plan.Board, plan.Nic, Actor, own, plan.VirtualFunctions);
    }

    private bool Receive(object message, long word)
    {
        grants.TryGetValue((int)word, out var grant);
        switch (message)
        {
            case IxSignal.Launch launch:
                Launch(launch);
                return true;
            case IxSignal.Revoke:
                var taken = grant is { HasNetwork: true } ? 1 : 0;
                var donePs = taken == 0 ? Island.NowPs : TakeNetwork(grant!);
                plan.Observer.NetworkRevoked(
                    plan.Tenants[(int)word].Address, Island.NowPs, donePs, taken);
                return true;
            case IxSignal.Ended:
                grant!.Core.Preempt(Island.NowPs);
                if (grant.HasNetwork)
                    TakeNetwork(grant);
                grant.Memory.Release();
                grants.Remove(grant.Number);
                return true;
            case IommuFaultReport:
                plan.Board.Iommu.Faults.TryTake(out _);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Gives a tenant what it needs, a core of its own at least, or says why not.
    /// </summary>
    private void Launch(IxSignal.Launch asked)
    {
        var placement = asked.Tenant.Placement;
        var core = plan.Board.Cores.FirstOrDefault(free =>
            grants.Values.All(grant => grant.Core != free)
            && (placement.Kind != CorePlacementKind.Pinned || placement.Core == free.Number));
        var donePs = Island.NowPs;
        var refusal = "no core of its own is left";
        var granted = core is null
            ? null : TryGrant(asked, core, ref donePs, out refusal);
        plan.Observer.ControlCall("launch", granted is null, Island.NowPs, donePs);
        if (granted is null)
        {
            plan.Readiness.Failed(asked.Tenant.Address, refusal);
        }
        else
        {
            grants.Add(granted.Number, granted);
            counters.Add(asked.Counters);
        }

        Island.Schedule(donePs, asked.Dataplane, new IxSignal.Launched(granted), Actor);
    }

    private IxGrant? TryGrant(
        IxSignal.Launch asked, Core core, ref long timePs, out string refusal)
    {
        var tenant = asked.Tenant;
        var account = plan.Board.KernelAccount;
        timePs = core.DoKernelWork(account, ProfileCosts.ControlPlaneCall, 1, timePs);
        refusal = "no virtual function is left";
        if (!functions.TryTake(out var function))
            return null;
        var memory = new OwnedMemory(plan.Board, new OwnerId(NumberOf(tenant.Address) + 1));
        refusal = "no memory is left";
        if (TryMap(asked, memory, core, function) is not { } grant || !functions.TryAttach(
            function, tenant.Mac, grant.Plane, tenant.Settings.RateLimitBitsPerSecond, core,
            ref timePs))
        {
            memory.Release();
            functions.Return(function);
            return null;
        }

        timePs = core.DoKernelWork(
            account, ProfileCosts.PageTableEntry, memory.MappedPages, timePs);
        return grant;
    }

    /// <summary>
    /// Two views of the same frames: the dataplane's, which devices see too, and the
    /// application's, in which packets are read-only and rings and registers are not at all.
    /// </summary>
    private IxGrant? TryMap(
        IxSignal.Launch asked, OwnedMemory memory, Core core, int function)
    {
        var layout = IxGrant.Layout;
        var buffers = (long)layout.Buffers / Frame.SizeBytes;
        var end = layout.FirstPage + layout.Pages;
        if (!memory.TryAllocate((int)(end - IxEntry.EventPage), out var first)
            || memory.MakeSpace(new((ushort)((2 * function) + 1))) is not { } plane
            || memory.MakeSpace(new((ushort)((2 * function) + 2))) is not { } user)
            return null;
        bool Map(AddressSpace space, long from, long to, bool isWritable) => memory.TryMap(
            space, from, Frame.AddressOf(first + from - IxEntry.EventPage), (int)(to - from),
            isWritable);
        var registers = plan.Nic.RegistersOf(function);
        return Map(plane, IxEntry.EventPage, end, true)
            && memory.TryMap(plane, IxGrant.RegisterPage, registers, plan.Nic.RegisterPages, true)
            && Map(user, IxEntry.EventPage, IxEntry.CallPage, false)
            && Map(user, IxEntry.CallPage, layout.FirstPage, true)
            && Map(user, buffers, end, false)
            ? new(
                asked.Dataplane, asked.Tenant, NumberOf(asked.Tenant.Address), core, function,
                memory, plane, user) : null;
    }

    private long TakeNetwork(IxGrant grant)
    {
        grant.HasNetwork = false;
        var donePs = functions.Detach(grant.Function, grant.Core, Island.NowPs);
        Island.Schedule(donePs, grant.Dataplane, new IxSignal.Revoked(), Actor);
        return donePs;
    }

    private int NumberOf(string address)
    {
        var number = 0;
        while (plan.Tenants[number].Address != address)
            number++;
        return number;
    }
}
