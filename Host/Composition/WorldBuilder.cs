using Disguise.Actors.Islands;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Composition;

/// <summary>Builds the world of an experiment under one architecture.</summary>
internal static class WorldBuilder
{
    // Events that an echo costs, by where they happen: what placement on threads goes by.
    private const long MachineEventsPerTenant = 8;
    private const long SwitchEventsPerClient = 4;
    private const long ClientEvents = 3;

    public static World Build(
        Experiment experiment, IArchitecture architecture, WorldOptions options)
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
        var machineBuilder = new MachineBuilder
        {
            Experiment = experiment,
            Architecture = architecture,
            Options = options,
            Emulation = emulation,
            Network = network,
            Numbers = tenants,
            Readiness = readiness,
            Revocations = revocations,
        };
        for (var group = 0; group < experiment.Machines.Count; group++)
        {
            for (var member = 0; member < experiment.Machines[group].Count; member++)
            {
                machines.Add(machineBuilder.Build(group, member));
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
            Churn = [.. machines.SelectMany(machine => machine.Churn)],
        };
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
