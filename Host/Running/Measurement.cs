using Disguise.Actors.Crossings;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>What one run measured between two times, as a result has it.</summary>
internal sealed class Measurement
{
    private readonly World world;
    private readonly RunPhases phases;
    private readonly Snapshot before;
    private readonly CoreTimeBook coreTime;
    private readonly ControlPlaneBook controlPlane;

    /// <summary>Measuring begins now.</summary>
    public Measurement(World world, RunPhases phases)
    {
        this.world = world;
        this.phases = phases;
        before = new Snapshot(world);
        coreTime = new CoreTimeBook(world);
        controlPlane = new ControlPlaneBook(world);
        foreach (var machine in world.Machines)
            machine.KernelTraffic.Clear();
        world.Readiness.Operations.Clear();
    }

    public CoreTimeBook CoreTime => coreTime;

    /// <summary>Operations since measuring began that clients saw complete or tenants measured.
    /// </summary>
    public long Operations => world.Clients.Sum(client =>
        client.Load?.Counters.MeasuredReceived ?? client.Replay?.ReplyCount ?? 0)
        - before.Replies + world.Readiness.Operations.Count;

    /// <summary>Groups of tenants in the order of the result: machines, and which of theirs.
    /// </summary>
    private IEnumerable<(int Machines, int Tenants, TenantGroup Settings)> AllGroups =>
        world.Experiment.Machines.SelectMany((machines, group) =>
            machines.Tenants.Select((tenants, index) => (group, index, tenants)));

    /// <summary>Recorders of what happens from now on, interval by interval.</summary>
    public SeriesRecorder RecordSeries() => new(
        phases.MeasureStartPs, [.. AllGroups.Select(group => group.Settings.Name)]);

    /// <summary>An interval of the series has ended.</summary>
    public void EndInterval(SeriesRecorder series)
    {
        var groups = AllGroups.ToArray();
        series.EndInterval(
            world.Emulation.NowPs, Operations,
            group => OperationsOf(groups[group].Machines, groups[group].Tenants));
    }

    public RunResult Result(double wallSeconds, string hash, SeriesRecorder? series)
    {
        var after = new Snapshot(world);
        var elapsedPs = world.Emulation.NowPs - phases.MeasureStartPs;
        var seconds = elapsedPs / (double)Picoseconds.PerSecond;
        var operations = Operations;
        var spent = coreTime.Spent();
        var busy = spent.Total == 0 ? 0
            : (double)(spent.Work + spent.Kernel + spent.Poll) / elapsedPs;
        var sent = after.Requests.Sent - before.Requests.Sent + after.Replayed - before.Replayed;
        return new RunResult
        {
            Architecture = world.Architecture.Name,
            Interface = InterfaceName(),
            Wait = WaitName(),
            Profile = world.Experiment.Profile,
            Platform = world.Experiment.Platform,
            Hash = hash,
            Operations = operations,
            OperationsPerSecond = Rate(operations, seconds),
            OfferedPerSecond = Rate(sent, seconds),
            OperationsPerWallSecond = Rate(operations, wallSeconds),
            CoresBusy = elapsedPs == 0 ? null : busy,
            OperationsPerCoreSecond = busy > 0 ? Rate(operations, seconds * busy) : null,
            LatencyUs = AllLatencies().Summarise(),
            RequestsLost = after.Requests.MeasuredLost - before.Requests.MeasuredLost,
            CrossingsPerOperation = OpenCounts.PerOperation(Protection(after), operations),
            MmioPerOperation = PerOperation(MappedRegister(after), operations),
            KernelMessagesOnDataPath = world.Machines.Sum(machine =>
                machine.KernelTraffic.OnDataPath),
            SchedulerMessages = world.Machines.Sum(machine => machine.KernelTraffic.Scheduling),
            BytesCopiedPerOperation = PerOperation(BytesCopied(), operations),
            CoreTime = coreTime.Shares(),
            CpuUsPerOperation = operations == 0 ? null : CpuPerOperation(operations),
            Packets = new PacketCounts
            {
                Sent = after.FramesSent - before.FramesSent,
                Received = after.FramesReceived - before.FramesReceived,
                Dropped = after.DroppedSince(before),
            },
            AccessFaults = OpenCounts.Occurred(
            [
                new("iommu", after.DeviceFaults - before.DeviceFaults),
                new("mmu", after.ProcessorFaults - before.ProcessorFaults),
            ]),
            SecureBindings = SecureBindings(),
            ControlPlane = controlPlane.Result(),
            Churn = ChurnSummary.Of(world.Churn),
            Series = series?.Result() ?? new Dictionary<string, IReadOnlyList<double?>>(),
            Groups = Groups(seconds),
        };
    }

    private IReadOnlyDictionary<string, long>? SecureBindings()
    {
        var counts = world.Machines
            .SelectMany(machine => machine.Kernel.SecureBindings ?? [])
            .GroupBy(count => count.Key, count => count.Value)
            .Select(counts => KeyValuePair.Create(counts.Key, counts.Sum()))
            .ToList();
        return counts.Count == 0 ? null : OpenCounts.Occurred(counts);
    }

    private LatencyRecorder AllLatencies()
    {
        var all = world.Latencies.All();
        world.Readiness.Operations.AddTo(all);
        return all;
    }

    private string InterfaceName()
    {
        var interfaces = world.Experiment.Machines
            .SelectMany(machine => machine.Tenants)
            .Select(group => Libraries.InterfaceOf(group, world.Architecture))
            .Distinct()
            .Select(known => known.ToString().ToLowerInvariant());
        return string.Join("+", interfaces);
    }

    private string WaitName() => !world.Architecture.CanPoll ? "kernel"
        : string.Join("+", world.Experiment.Machines
            .SelectMany(machine => machine.Tenants)
            .Select(group => group.Wait.ToString())
            .Distinct());

    private SortedDictionary<string, long> Protection(Snapshot after)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var kind in CrossingKind.All)
        {
            var count = after.CrossingsOf(kind) - before.CrossingsOf(kind);
            if (kind.Class == CrossingClass.Protection && count > 0)
                counts[kind.Name] = count;
        }

        return counts;
    }

    private long MappedRegister(Snapshot after) => CrossingKind.All
        .Where(kind => kind.Class == CrossingClass.MappedRegister)
        .Sum(kind => after.CrossingsOf(kind) - before.CrossingsOf(kind));

    private long BytesCopied() => coreTime.Accounts().Sum(account => account.Entries()
        .Where(entry => Components.IsCopy(entry.What))
        .Sum(entry => entry.Count));

    private SortedDictionary<string, double> CpuPerOperation(long operations)
    {
        var times = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var account in coreTime.Accounts())
        {
            foreach (var entry in account.Entries())
            {
                var component = Components.Of(account, entry.What);
                times.TryGetValue(component, out var known);
                times[component] = known + (Rates.ToMicroseconds(entry.TimePs) / operations);
            }
        }

        return times;
    }

    private List<GroupResult> Groups(double seconds) =>
        [.. AllGroups.Select(group =>
            GroupOf(group.Machines, group.Tenants, group.Settings, seconds))];

    /// <summary>
    /// A group is measured by the client groups that target it alone, and by its tenants.
    /// </summary>
    private GroupResult GroupOf(int machines, int tenants, TenantGroup settings, double seconds)
    {
        var sum = new LatencyRecorder();
        foreach (var group in ClientsOf(machines, tenants))
            sum.Add(world.Latencies.Of(group));
        foreach (var own in OwnOf(machines, tenants))
            sum.Add(own);
        var operations = OperationsOf(machines, tenants);
        return new GroupResult
        {
            Name = settings.Name,
            Tenants = settings.TotalCount,
            Churn = ChurnSummary.Of(world.Churn.Where(book =>
                book.Group == machines && book.Tenants == tenants)),
            Operations = operations,
            OperationsPerSecond = operations is { } known ? Rate(known, seconds) : null,
            LatencyUs = sum.Summarise(),
            Each = world.Latencies.IsByTenant ? EachOf(machines, tenants, seconds) : [],
        };
    }

    /// <summary>Operations of a group so far; null where nobody measures it.</summary>
    private long? OperationsOf(int machines, int tenants)
    {
        long? operations = null;
        foreach (var group in ClientsOf(machines, tenants))
        {
            operations = (operations ?? 0) + world.Clients
                .Where(client => client.Group == group)
                .Sum(client => client.Load?.Counters.MeasuredReceived ?? 0);
        }

        foreach (var own in OwnOf(machines, tenants))
            operations = (operations ?? 0) + own.Count;
        return operations;
    }

    /// <summary>Numbers of the client groups that target a group of tenants alone.</summary>
    private IEnumerable<int> ClientsOf(int machines, int tenants) =>
        Enumerable.Range(0, world.Experiment.Clients.Count).Where(group =>
            world.Experiment.Clients[group].Targets is { Count: > 0 } targets
            && targets.All(target =>
                target.Group == machines && target.Tenants == tenants));

    /// <summary>What the tenants of a group have measured themselves.</summary>
    private IEnumerable<LatencyRecorder> OwnOf(int machines, int tenants)
    {
        var book = world.Readiness.Operations;
        if (book.Count == 0)
            yield break;
        for (var member = 0; member < world.Experiment.Machines[machines].Count; member++)
        {
            foreach (var thing in world.Tenants.On(machines, member))
            {
                if (thing.Tenants == tenants && OwnOf(thing) is { } own)
                    yield return own;
            }
        }
    }

    private LatencyRecorder? OwnOf(Experiments.Addresses.Thing tenant) =>
        world.Readiness.Operations.Of(world.Experiment.Addresses.AddressOf(tenant).ToString());

    private List<TenantResult> EachOf(int machines, int tenants, double seconds)
    {
        var each = new List<TenantResult>();
        for (var member = 0; member < world.Experiment.Machines[machines].Count; member++)
        {
            foreach (var thing in world.Tenants.On(machines, member))
            {
                if (thing.Tenants != tenants)
                    continue;
                var number = world.Tenants.Of(thing);
                var seen = world.Latencies.OfTenant(number);
                var own = OwnOf(thing);
                var isMeasured = own is not null || world.Latencies.IsTarget(number);
                each.Add(new TenantResult
                {
                    Name = world.Experiment.Addresses.Print(thing),
                    Operations = isMeasured ? seen.Count + (own?.Count ?? 0) : null,
                    OperationsPerSecond = isMeasured
                        ? Rate(seen.Count + (own?.Count ?? 0), seconds) : null,
                    LatencyUs = (own ?? seen).Summarise(),
                });
            }
        }

        return each;
    }

    private static double? Rate(long count, double seconds) =>
        seconds > 0 ? count / seconds : null;

    private static double? PerOperation(long count, long operations) =>
        operations == 0 ? null : (double)count / operations;
}
