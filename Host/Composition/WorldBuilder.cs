using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Running;

namespace Disguise.Host.Composition;

/// <summary>Builds the world of an experiment under one architecture.</summary>
internal static class WorldBuilder
{
    // Events that an echo costs, by where they happen: what placement on threads goes by.
    private const long MachineEventsPerTenant = 8;
    private const long SwitchEventsPerClient = 4;
    private const long ClientEvents = 3;

    public static World Build(
        Experiment experiment, Architecture architecture, WorldOptions options)
    {
        var emulation = new Emulation(new EmulationOptions
        {
            Seed = options.Seed,
            Threads = options.Threads,
            WindowDivisor = options.WindowDivisor,
            ShuffleSeed = options.ShuffleSeed,
        });
        var network = new Network(emulation, experiment.Network, options.Requests);
        var tenants = new TenantNumbers(experiment);
        var readiness = new ReadinessCount();
        var revocations = new RevocationBook();
        var machines = new List<MachineUnderTest>();
        for (var group = 0; group < experiment.Machines.Count; group++)
        {
            for (var member = 0; member < experiment.Machines[group].Count; member++)
            {
                machines.Add(BuildMachine(
                    experiment, architecture, options, emulation, network, tenants, readiness,
                    revocations, group, member));
            }
        }

        var builder = new ClientBuilder(
            emulation, experiment, network, tenants, options.Replies);
        var clients = builder.Build();
        SetWeights(network, machines, clients, tenants);
        return new World
        {
            Emulation = emulation,
            Experiment = experiment,
            Architecture = architecture,
            Switch = network.Switch,
            SwitchIsland = network.Island,
            Machines = machines,
            Clients = clients,
            Readiness = readiness,
            Latencies = builder.Latencies,
            Revocations = revocations,
            Tenants = tenants,
        };
    }

    private static MachineUnderTest BuildMachine(
        Experiment experiment, Architecture architecture, WorldOptions options,
        Emulation emulation, Network network, TenantNumbers numbers, ReadinessCount readiness,
        RevocationBook revocations, int group, int member)
    {
        var settings = experiment.Machines[group];
        var address = experiment.Addresses.Print(
            new Thing(ThingKind.Machine, group, member, 0, 0));
        var island = emulation.AddIsland(address);
        var board = new Machine(
            island, address,
            new MachineOptions
            {
                CoreCount = settings.Cores,
                MemoryBytes = settings.MemoryBytes,
                Guards = options.Guards,
            },
            options.Costs)
        {
            Requests = options.Requests,
        };
        var machine = new MachineUnderTest
        {
            Group = group,
            Member = member,
            Address = address,
            Settings = settings,
            Board = board,
            Accounts = [.. settings.Tenants.Select(tenants =>
                new LedgerAccount($"{address}.{tenants.Name}", "core", false))],
        };
        var plan = new TenantPlan(
            PlanTenants(experiment, machine, numbers), readiness, options.Requests,
            revocations.Record);
        var root = island.SpawnRoot(
            ActorProps.Of(() => new MachineActor(actor =>
                Assemble(actor, machine, network, architecture, plan, experiment.Platform))),
            experiment.Addresses.ActorPath(new Thing(ThingKind.Machine, group, member, 0, 0)));
        machine.Kernel.Actor.DeliveryObserver = machine.KernelTraffic;
        var device = machine.Nic;
        machine.SwitchLink = network.Connect(
            machine.Link, device.Device, device.FrameArrival, device.DamagedFrameArrival);
        foreach (var tenant in plan.Tenants)
            network.Switch.Table.Set(tenant.Mac, network.Switch.PortCount - 1);
        return machine;
    }

    private static void Assemble(
        MachineActor root, MachineUnderTest machine, Network network, Architecture architecture,
        TenantPlan plan, string platform)
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
                Model = NicModels.Of(platform),
                TotalVirtualFunctions = machine.Settings.Nic.VirtualFunctions,
                LinkBitsPerSecond = network.LinkBitsPerSecond,
            },
            root.Parts);
        var linkRef = root.Add("link", () => machine.Link = network.NewUplink(machine.Address));
        machine.Nic.ConnectLink(linkRef);
        machine.Kernel = architecture.Install(root, machine, plan);
    }

    private static List<TenantPlan.Tenant> PlanTenants(
        Experiment experiment, MachineUnderTest machine, TenantNumbers numbers)
    {
        var plan = new List<TenantPlan.Tenant>();
        for (var index = 0; index < machine.Settings.Tenants.Count; index++)
        {
            var group = machine.Settings.Tenants[index];
            var count = group.CountOn(machine.Member);
            for (var tenant = 0; tenant < count; tenant++)
            {
                var thing = new Thing(
                    ThingKind.Tenant, machine.Group, machine.Member, index, tenant);
                var number = numbers.Of(thing);
                var address = experiment.Addresses.AddressOf(thing);
                plan.Add(new TenantPlan.Tenant(
                    count == 1 ? group.Name : $"{group.Name}({tenant})", address.ToString(),
                    AddressPlan.TenantMac(number), AddressPlan.TenantIp(number), group,
                    machine.Accounts[index]));
            }
        }

        return plan;
    }

    private static void SetWeights(
        Network network, List<MachineUnderTest> machines,
        IReadOnlyList<ClientOnTheSwitch> clients, TenantNumbers tenants)
    {
        foreach (var machine in machines)
        {
            machine.Board.Island.Weight =
                1 + (MachineEventsPerTenant * machine.Settings.TenantCount
                    / Math.Max(1, machine.Settings.Count));
        }

        network.Island.Weight =
            1 + (SwitchEventsPerClient * Math.Max(clients.Count, tenants.Count));
        foreach (var client in clients)
            client.Actor.Island.Weight += ClientEvents;
    }
}
