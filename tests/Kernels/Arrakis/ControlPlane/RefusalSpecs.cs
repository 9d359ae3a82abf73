using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Xunit;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

public sealed class RefusalSpecs
{
    private static readonly ControlPlaneOptions Tight = new()
    {
        FrameCount = 10,
        Containers = 3,
        Capabilities = 30,
        CapabilitiesPerContainer = 12,
        AddressesPerContainer = 2,
        DomainsPerContainer = 2,
        MappingsPerDomain = 2,
        FiltersPerContainer = 5,
        FiltersPerCard = 2,
        Networks =
        [
            new NetworkOptions { VirtualFunctions = 2, SoftwareCards = 1, VectorsPerCard = 1 },
            new NetworkOptions
            {
                VirtualFunctions = 1,
                WhenFunctionsRunOut = WhenFunctionsRunOut.Refuse,
                ReceivePredicates = 2,
                ReceiveMasks = 1,
            },
        ],
    };

    // For each reason: what a container did before, given a neighbour, and what is then refused.
    private static readonly SortedDictionary<RefusalReason, Func<TestTenant, TestTenant, Command>>
        Scenarios = new()
        {
            [RefusalReason.NoSuchContainer] = (_, _) =>
                new Command.CreateDomain(new ContainerId(77, 1)),
            [RefusalReason.NotTheOperator] = (alice, bob) =>
                new Command.DestroyContainer(alice.Id, bob.Id),
            [RefusalReason.NotAContainer] = (_, _) =>
                new Command.CreateDomain(ContainerId.Operator),
            [RefusalReason.ForgedHandle] = (alice, _) =>
                new Command.FreeMemory(alice.Id, new Handle(0xdead_beef_dead_beef)),
            [RefusalReason.RevokedHandle] = (alice, _) => After(
                alice.Memory(1),
                memory => new Command.FreeMemory(alice.Id, memory),
                alice.Machine),
            [RefusalReason.ForeignHandle] = (alice, bob) =>
                new Command.FreeMemory(bob.Id, alice.Memory(1)),
            [RefusalReason.WrongKind] = (alice, _) =>
                new Command.FreeMemory(alice.Id, alice.Domain),
            [RefusalReason.RightMissing] = (alice, bob) =>
                alice.Share(alice.Memory(1), bob, CapabilityRights.Control),
            [RefusalReason.TooManyContainers] = (alice, _) =>
                Create(alice.Machine.Container(3).Number + 1),
            [RefusalReason.CapabilityTableFull] = (alice, bob) => FillTable(alice, bob),
            [RefusalReason.TooManyCapabilities] = (alice, _) => Fill(
                alice, new Command.AllocateMemory(alice.Id, 1), 10),
            [RefusalReason.ReceiverFull] = (alice, bob) => Fill(
                alice, alice.Share(alice.Memory(1), bob), 4),
            [RefusalReason.GivenToOneself] = (alice, _) => alice.Share(alice.Memory(1), alice),
            [RefusalReason.NotTransferable] = (alice, bob) => alice.Give(alice.Card, bob),
            [RefusalReason.BadAddress] = (_, _) => new Command.CreateContainer(
                ContainerId.Operator, [new ContainerAddress(0x01_00_5e_00_00_01, 0x0a000009)], 1),
            [RefusalReason.AddressTaken] = (alice, _) => Create(alice.Number),
            [RefusalReason.BadAddressCount] = (_, _) =>
                new Command.CreateContainer(ContainerId.Operator, [], 1),
            [RefusalReason.TooManyDomains] = (alice, _) => Fill(
                alice, new Command.CreateDomain(alice.Id), 1),
            [RefusalReason.DomainInUse] = (alice, _) =>
                new Command.DestroyDomain(alice.Id, alice.Domain),
            [RefusalReason.SiblingDomains] = (alice, _) => After(
                new Command.LinkTables(alice.Id, alice.Memory(1), alice.Domain, 0, 512, 1),
                new Command.CreateDomain(alice.Id),
                alice.Machine),
            [RefusalReason.BadCount] = (alice, _) => new Command.AllocateMemory(alice.Id, 0),
            [RefusalReason.MemoryLimitReached] = (alice, _) =>
                new Command.AllocateMemory(alice.Id, 101),
            [RefusalReason.OutOfMemory] = (alice, _) => new Command.AllocateMemory(alice.Id, 11),
            [RefusalReason.MemoryFragmented] = (alice, _) => Fragment(alice),
            [RefusalReason.OutOfRange] = (alice, _) => alice.Map(alice.Memory(2), 1, 2, first: 1),
            [RefusalReason.AlreadyMapped] = (alice, _) => Fill(
                alice, alice.Map(alice.Memory(2), 1, 2), 1),
            [RefusalReason.NotMapped] = (alice, _) =>
                new Command.UnmapMemory(alice.Id, alice.Domain, 9),
            [RefusalReason.TooManyMappings] = (alice, _) => MapTwice(alice, alice.Memory(2)),
            [RefusalReason.NoSuchNetwork] = (alice, _) => alice.Create(network: 2),
            [RefusalReason.NoSuchAddress] = (alice, _) => alice.Create(address: 1),
            [RefusalReason.BadQueueCount] = (alice, _) => alice.Create(queues: 3),
            [RefusalReason.FunctionsExhausted] = (alice, _) =>
                Fill(alice, alice.Create(network: 1), 1),
            [RefusalReason.SoftwareCardsExhausted] = (alice, _) => Fill(alice, alice.Create(), 1),
            [RefusalReason.NoSuchCard] = (_, _) =>
                new Command.RevokeCard(ContainerId.Operator, 9),
            [RefusalReason.NoSuchQueue] = (alice, _) => alice.Doorbell(queue: 2),
            [RefusalReason.NoSuchEvent] = (alice, _) => alice.Doorbell(on: (DoorbellEvent)9),
            [RefusalReason.DoorbellExists] = (alice, _) => Fill(alice, alice.Doorbell(), 1),
            [RefusalReason.VectorsExhausted] = (alice, _) => After(
                alice.Doorbell(), alice.Doorbell(queue: 1), alice.Machine),
            [RefusalReason.RateOutOfRange] = (alice, _) => alice.Rate(9_999_999),
            [RefusalReason.NoSuchDirection] = (alice, _) =>
                alice.Rate(10_000_000, direction: (FilterDirection)7),
            [RefusalReason.FilterMalformed] = (alice, _) =>
                Filter(alice, alice.UdpPort(7) with { Vlan = 4096 }),
            [RefusalReason.FilterPeerNotOfLevel] = (alice, _) =>
                Filter(alice, alice.UdpPort(7) with { Peers = [FilterPeer.OfMac(5)] }),
            [RefusalReason.FilterServiceNotOfLevel] = (alice, _) =>
                Filter(alice, alice.UdpPort(256) with { Level = FilterLevel.Ip }),
            [RefusalReason.FilterTooLarge] = (alice, _) =>
                Filter(alice, alice.UdpPort(new ushort[17])),
            [RefusalReason.AddressNotOwned] = (alice, bob) => Filter(alice, bob.UdpPort(7)),
            [RefusalReason.TooManyFilters] = (alice, _) =>
                Fill(alice, Filter(alice, alice.UdpPort(7)), 5),
            [RefusalReason.FilterAssigned] = (alice, _) => Fill(
                alice, alice.Assign(alice.Filter(alice.UdpPort(7))), 1),
            [RefusalReason.TooManyFiltersOnCard] = (alice, _) => alice
                .Receiving(1).Receiving(2).Assign(alice.Filter(alice.UdpPort(3))),
            [RefusalReason.FilterOverlaps] = (alice, _) => alice
                .Receiving(1).Assign(alice.Filter(alice.UdpPort(1)), queue: 1),
            [RefusalReason.PredicatesExhausted] = (alice, _) => OnSecondNetwork(alice)
                .Assign(alice.Filter(alice.UdpPort(1, 2, 3))),
            [RefusalReason.MasksExhausted] = (alice, _) => OnSecondNetwork(alice).Receiving(1)
                .Assign(alice.Filter(alice.UdpPort(2) with { Level = FilterLevel.Ip })),
        };

    public static IEnumerable<object[]> Reasons =>
        Enum.GetValues<RefusalReason>()
            .Where(reason => reason != RefusalReason.None)
            .Select(reason => new object[] { reason });

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_refusal_has_its_reason_and_changes_nothing(RefusalReason reason)
    {
        var machine = new TestMachine(Tight);
        TestTenant alice = machine.Container(1).WithDomain().WithCard();
        TestTenant bob = machine.Container(2).WithDomain().WithCard();
        machine.Refuse(reason, Scenarios[reason](alice, bob));
    }

    private static Command Create(int number) => new Command.CreateContainer(
        ContainerId.Operator,
        [new ContainerAddress(TestMachine.MacOf(number), TestMachine.IpOf(number))],
        100);

    private static Command Filter(TestTenant tenant, FilterSpecification specification) =>
        new Command.CreateFilter(tenant.Id, specification);

    // Asks as often as it is accepted, at most so many times; the next one is refused.
    private static Command Fill(TestTenant tenant, Command command, int times)
    {
        for (int time = 0; time < times && tenant.Machine.Do(command).IsAccepted; time++)
        {
        }

        return command;
    }

    private static Command After(Command first, Command second, TestMachine machine)
    {
        machine.Accept(first);
        return second;
    }

    private static Command After(Handle handle, Func<Handle, Command> command, TestMachine machine)
    {
        machine.Accept(command(handle));
        return command(handle);
    }

    private static Command FillTable(TestTenant alice, TestTenant bob)
    {
        TestTenant carol = alice.Machine.Container(3);
        foreach (TestTenant tenant in new[] { alice, bob, carol })
        {
            Fill(tenant, Filter(tenant, tenant.UdpPort(7)), 5);
            Fill(tenant, new Command.AllocateMemory(tenant.Id, 1), 3);
        }

        return new Command.CreateDomain(carol.Id);
    }

    private static Command Fragment(TestTenant alice)
    {
        alice.Memory(4);
        Handle middle = alice.Memory(3);
        alice.Memory(1);
        alice.Machine.Accept(new Command.FreeMemory(alice.Id, middle));
        return new Command.AllocateMemory(alice.Id, 5);
    }

    private static Command MapTwice(TestTenant alice, Handle memory)
    {
        alice.Machine.Accept(alice.Map(memory, 1));
        alice.Machine.Accept(alice.Map(memory, 2));
        return alice.Map(memory, 3);
    }

    private static TestTenant OnSecondNetwork(TestTenant tenant)
    {
        tenant.Card = tenant.Machine.Accept(tenant.Create(network: 1)).Handle;
        return tenant;
    }
}
