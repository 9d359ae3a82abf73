using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Display;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Running;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Composition;

/// <summary>Builds the machines of an experiment under one architecture.</summary>
internal sealed class MachineBuilder
{
    private readonly Dictionary<TenantGroup, TenantSettings> settingsOf =
        new(ReferenceEqualityComparer.Instance);

    private Profile? profile;

    public required Experiment Experiment { get; init; }

    public required IArchitecture Architecture { get; init; }

    public required WorldOptions Options { get; init; }

    public required Emulation Emulation { get; init; }

    public required Network Network { get; init; }

    public required TenantNumbers Numbers { get; init; }

    public required ReadinessCount Readiness { get; init; }

    public required RevocationBook Revocations { get; init; }

    /// <summary>What is read of it here no setting changes.</summary>
    private Profile Profile => profile ??= ProfileCatalog.Load(Experiment.Profile);

    /// <summary>Builds one machine of a group and connects it to the switch.</summary>
    public MachineUnderTest Build(int group, int member)
    {
        var thing = new Thing(ThingKind.Machine, group, member, 0, 0);
        var settings = Experiment.Machines[group];
        var address = Experiment.Addresses.Print(thing);
        var island = Emulation.AddIsland(address);
        var platform = PlatformFiles.Load(Experiment.Platform, Experiment.File);
        var board = new Machine(
            island, address,
            new MachineOptions
            {
                CoreCount = settings.Cores,
                MemoryBytes = settings.MemoryBytes,
                Tlb = platform.Tlb,
                Guards = Options.Guards,
            },
            Options.Costs)
        {
            Requests = Options.Requests,
        };
        var machine = new MachineUnderTest
        {
            Group = group,
            Member = member,
            Address = address,
            Settings = settings,
            Card = platform.Nic,
            Board = board,
            Control = new ControlCallBook(Revocations),
            Accounts = [.. settings.Tenants.Select(tenants =>
                new LedgerAccount($"{address}.{tenants.Name}", "core", false))],
        };
        var groups = PlanTenants(machine);
        var root = island.SpawnRoot(
            ActorProps.Of(() => new MachineActor(actor => Assemble(actor, machine, groups))),
            Experiment.Addresses.ActorPath(thing));
        if (machine.Sources.Count < machine.Churn.Count)
        {
            throw new ExperimentError(
                Experiment.File, "tenants that come and go (start, arrive, lifetime) are not "
                + $"built under {Architecture.Name}");
        }

        machine.KernelTraffic.Kernel = machine.Kernel;
        machine.Kernel.Actor.DeliveryObserver = machine.KernelTraffic;
        var device = machine.Nic;
        machine.SwitchLink = Network.Connect(
            machine.Link, device.Device, device.FrameArrival, device.DamagedFrameArrival,
            machine.Card);
        foreach (var tenant in groups.SelectMany(places => places))
            Network.Switch.Table.Set(tenant.Mac, Network.Switch.PortCount - 1);
        return machine;
    }

    private void Assemble(
        MachineActor root, MachineUnderTest machine, List<TenantPlan>[] groups)
    {
        foreach (var core in machine.Board.Cores)
        {
            var name = machine.Board.Cores.Length == 1 ? "core" : $"core({core.Number})";
            root.Add(name, () => new CoreActor(core, machine.Board.KernelAccount));
        }

        machine.Nic = Nic.Attach(
            machine.Board,
            new NicOptions
            {
                Model = machine.Card,
                TotalVirtualFunctions = machine.Settings.Nic.VirtualFunctions,
                LinkBitsPerSecond = Network.BitsPerSecondOf(machine.Card),
            },
            root.Parts);
        if (machine.Settings.Display is { } display)
        {
            machine.Display = Display.Attach(
                machine.Board,
                new DisplayOptions { Width = display.Width, Height = display.Height }, root.Parts);
        }

        var linkRef = root.Add("link", () => machine.Link = Network.NewUplink(
            machine.Address, machine.Card));
        machine.Nic.ConnectLink(linkRef);
        var readiness = new MachineReadiness(Readiness);
        var churn = new ChurnBuilder(machine, readiness);
        machine.Kernel = Architecture.Install(new MachinePlan
        {
            Root = root,
            Board = machine.Board,
            Nic = machine.Nic,
            Display = machine.Display,
            VirtualFunctions = machine.Settings.Nic.VirtualFunctions,
            EmulatesWhenFunctionsRunOut = machine.Settings.Nic.EmulateWhenOut,
            Slices = Profile.Slices,
            TimeSlicePs = machine.Settings.TimeSlicePs,
            Tenants = [.. groups.Where((_, index) => churn.StaysThrough(index))
                .SelectMany(places => places)],
            Churn = churn.Plan(groups),
            Readiness = readiness,
            Observer = machine.Control,
            Requests = Options.Requests,
        });
        churn.AddSources(root);
    }

    /// <summary>The tenants of each group, or the places of one that comes and goes.</summary>
    private List<TenantPlan>[] PlanTenants(MachineUnderTest machine)
    {
        var plans = new List<TenantPlan>[machine.Settings.Tenants.Count];
        for (var index = 0; index < plans.Length; index++)
        {
            var group = machine.Settings.Tenants[index];
            plans[index] = [];
            var count = group.CountOn(machine.Member);
            for (var tenant = 0; tenant < count; tenant++)
            {
                var thing = new Thing(
                    ThingKind.Tenant, machine.Group, machine.Member, index, tenant);
                var number = Numbers.Of(thing);
                plans[index].Add(new TenantPlan
                {
                    Name = count == 1 ? group.Name : $"{group.Name}({tenant})",
                    Address = Experiment.Addresses.AddressOf(thing).ToString(),
                    Mac = AddressPlan.TenantMac(number),
                    Ip = AddressPlan.TenantIp(number),
                    Placement = PlacementOf(group.Core),
                    Settings = SettingsOf(group),
                    Account = machine.Accounts[index],
                    SpreadsServers = group.SpreadServers,
                });
            }
        }

        return plans;
    }

    private TenantSettings SettingsOf(TenantGroup group)
    {
        if (!settingsOf.TryGetValue(group, out var settings))
            settingsOf.Add(group, settings = Libraries.SettingsOf(group, Architecture));
        return settings;
    }

    private static CorePlacement PlacementOf(CoreChoice choice) =>
        choice.IsOwn ? CorePlacement.Own
        : choice.Number is { } number ? new CorePlacement(CorePlacementKind.Pinned, number)
        : CorePlacement.Shared;
}
