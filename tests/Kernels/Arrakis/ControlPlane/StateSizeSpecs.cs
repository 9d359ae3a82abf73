using Disguise.Actors.Faults;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Xunit;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

[CollectionDefinition(nameof(StateSizeSpecs), DisableParallelization = true)]
[Collection(nameof(StateSizeSpecs))]
public sealed class StateSizeSpecs
{
    [Fact]
    public void A_container_with_card_filter_and_memory_takes_600_bytes_and_less()
    {
        const int machines = 10;
        const int tenants = 1000;
        var kernels = new ArrakisControlPlane[machines];
        Fill(Machine(), tenants);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int machine = 0; machine < machines; machine++)
        {
            kernels[machine] = Machine();
            Fill(kernels[machine], tenants);
        }

        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(bytes / (machines * tenants), 200, 600);
        Assert.All(kernels, kernel => Assert.Equal(tenants, kernel.Cards().Count()));
    }

    private static ArrakisControlPlane Machine() => new(
        new ControlPlaneOptions
        {
            Networks = [new NetworkOptions { VirtualFunctions = 4096 }],
        },
        new HandleTags(1, 2),
        Guards.All);

    private static void Fill(ArrakisControlPlane kernel, int tenants)
    {
        for (int number = 1; number <= tenants; number++)
        {
            var address = new ContainerAddress(
                TestMachine.MacOf(number), TestMachine.IpOf(number));
            Decision created = Do(kernel, new Command.CreateContainer(
                ContainerId.Operator, [address], 100));
            var at = (ControlEvent.ContainerCreated)created.Events[0];
            var id = new ContainerId(at.Container, at.Generation);
            Handle domain = Do(kernel, new Command.CreateDomain(id)).Handle;
            Handle memory = Do(kernel, new Command.AllocateMemory(id, 8)).Handle;
            Do(kernel, new Command.MapMemory(
                id, memory, domain, 0, 16, 8, CapabilityRights.Read | CapabilityRights.Write));
            Handle card = Do(kernel, new Command.CreateCard(id, domain, 0, 1)).Handle;
            Handle filter = Do(kernel, new Command.CreateFilter(id, new FilterSpecification
            {
                Direction = FilterDirection.Receive,
                Level = FilterLevel.Udp,
                LocalMac = address.Mac,
                LocalIp = address.Ip,
                Services = [7],
            })).Handle;
            Do(kernel, new Command.AssignFilter(id, filter, card, 0));
        }
    }

    private static Decision Do(ArrakisControlPlane kernel, Command command)
    {
        Decision decision = kernel.Decide(command);
        Assert.True(decision.IsAccepted);
        foreach (ControlEvent @event in decision.Events)
        {
            kernel.Apply(@event);
        }

        return decision;
    }
}
