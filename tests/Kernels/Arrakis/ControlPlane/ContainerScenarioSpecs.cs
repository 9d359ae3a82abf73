using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Xunit;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

public sealed class ContainerScenarioSpecs
{
    [Fact]
    public void A_container_with_a_card_and_a_filter_receives_its_port()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1).WithDomain().WithCard().Receiving(7, queue: 1);
        TestTenant bob = machine.Container(2).WithDomain().WithCard().Receiving(7);
        Assert.Equal(
            TestMachine.Target(alice.CardNumber, 1), machine.Nic.Classify(TestMachine.Udp(1, 7)));
        Assert.Equal(
            TestMachine.Target(bob.CardNumber, 0), machine.Nic.Classify(TestMachine.Udp(2, 7)));
        Assert.Equal(FilterTable.NoTarget, machine.Nic.Classify(TestMachine.Udp(1, 8)));
        Assert.Equal(2, machine.Attached.Count);
    }

    [Fact]
    public void Revoking_a_card_stops_it_before_anything_else_and_resets_it_last()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1).WithDomain().WithCard().Receiving(7);
        machine.Accept(alice.Doorbell());
        machine.Accept(alice.Rate(100_000_000));
        Decision revoked = machine.Accept(
            new Command.RevokeCard(ContainerId.Operator, alice.CardNumber));
        Assert.Equal(
            [
                nameof(ControlEvent.CardStopped),
                nameof(ControlEvent.FilterPredicateWithdrawn),
                nameof(ControlEvent.FilterUnassigned),
                nameof(ControlEvent.DoorbellDissociated),
                nameof(ControlEvent.RateCleared),
                nameof(ControlEvent.CardDetached),
                nameof(ControlEvent.CardDeleted),
                nameof(ControlEvent.CapabilityRevoked),
            ],
            revoked.Events.Select(@event => @event.GetType().Name));
        Assert.Equal(0, machine.Nic.Count);
        machine.Refuse(RefusalReason.RevokedHandle, alice.Doorbell());
        alice.WithCard().Receiving(8);
    }

    [Fact]
    public void Cards_go_to_who_asks_first_and_then_spill_to_software()
    {
        var machine = new TestMachine(new ControlPlaneOptions
        {
            Networks = [new NetworkOptions { VirtualFunctions = 2, SoftwareCards = 1 }],
        });
        TestTenant[] tenants =
            [.. Enumerable.Range(1, 4).Select(number => machine.Container(number).WithDomain())];
        tenants[0].WithCard();
        tenants[1].WithCard();
        tenants[2].WithCard();
        machine.Refuse(RefusalReason.SoftwareCardsExhausted, tenants[3].Create());
        FunctionAddress first = new(0, false, 0);
        Assert.Equal(
            [first, new FunctionAddress(0, false, 1), new FunctionAddress(0, true, 0)],
            machine.Kernel.Cards().Select(card => card.Function));
        machine.Destroy(tenants[0]);
        tenants[3].WithCard();
        Assert.Contains(first, machine.Kernel.Cards().Select(card => card.Function));
    }

    [Fact]
    public void A_destroyed_container_leaves_nothing_behind()
    {
        var machine = new TestMachine();
        TestTenant bob = machine.Container(2).WithDomain();
        TestTenant alice = machine.Container(1).WithDomain().WithCard().Receiving(7);
        Handle memory = alice.Memory(10);
        machine.Accept(alice.Map(memory, 50, 10));
        Handle share = machine.Accept(alice.Share(memory, bob)).Handle;
        machine.Accept(bob.Map(share, 70, 10));
        Assert.Equal(2, machine.Kernel.Mappings().Count());
        machine.Destroy(alice);
        Assert.Empty(machine.Kernel.Extents());
        Assert.Empty(machine.Kernel.Mappings());
        Assert.Empty(machine.Kernel.Cards());
        Assert.Equal(0, machine.Nic.Count);
        Assert.Equal(machine.Options.FrameCount, machine.Kernel.FreeFrames);
        machine.Refuse(RefusalReason.RevokedHandle, bob.Map(share, 70));
        machine.Refuse(RefusalReason.NoSuchContainer, new Command.CreateDomain(alice.Id));
        machine.Destroy(bob);
        Assert.Single(machine.Kernel.Capabilities);
    }

    [Fact]
    public void The_next_container_in_a_slot_is_not_taken_for_the_last_one()
    {
        var machine = new TestMachine();
        TestTenant first = machine.Container(1);
        machine.Destroy(first);
        TestTenant second = machine.Container(1);
        Assert.Equal(first.Id.Slot, second.Id.Slot);
        machine.Refuse(RefusalReason.NoSuchContainer, new Command.CreateDomain(first.Id));
        machine.Accept(new Command.CreateDomain(second.Id));
    }

    [Fact]
    public void Freed_frames_are_whole_again_whatever_the_order()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1, pages: 1000);
        Handle[] pieces = [.. Enumerable.Range(0, 4).Select(_ => alice.Memory(250))];
        foreach (int piece in new[] { 2, 0, 3, 1 })
        {
            machine.Accept(new Command.FreeMemory(alice.Id, pieces[piece]));
        }

        alice.Memory(1000);
    }

    [Fact]
    public void A_mapping_names_the_frames_of_its_part_of_the_extent()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1).WithDomain();
        Handle memory = alice.Memory(10);
        machine.Accept(alice.Map(memory, 50, pages: 3, first: 4));
        MappedPages mapped = Assert.Single(machine.Kernel.Mappings());
        Assert.Equal(machine.Options.FirstFrame + 4, mapped.FirstFrame);
        machine.Accept(new Command.UnmapMemory(alice.Id, alice.Domain, 50));
        Assert.Empty(machine.Kernel.Mappings());
    }

    [Fact]
    public void A_share_is_revoked_without_the_owner_losing_the_memory()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1).WithDomain();
        TestTenant bob = machine.Container(2).WithDomain();
        TestTenant carol = machine.Container(3).WithDomain();
        Handle memory = alice.Memory(4);
        Handle bobs = machine.Accept(alice.Share(memory, bob)).Handle;
        Handle carols = machine.Accept(bob.Share(bobs, carol, CapabilityRights.Read)).Handle;
        machine.Accept(alice.Map(memory, 1));
        machine.Accept(carol.Map(carols, 2));
        machine.Accept(new Command.RevokeShares(alice.Id, memory));
        Assert.Equal([1L], machine.Kernel.Mappings().Select(mapping => mapping.VirtualPage));
        machine.Refuse(RefusalReason.RevokedHandle, carol.Map(carols, 3));
        machine.Accept(alice.Map(memory, 3));
    }

    [Fact]
    public void A_transferred_filter_works_for_its_new_holder_only()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1).WithDomain().WithCard();
        TestTenant bob = machine.Container(2).WithDomain().WithCard();
        Handle filter = alice.Filter(alice.UdpPort(7));
        Handle given = machine.Accept(alice.Give(filter, bob)).Handle;
        machine.Refuse(RefusalReason.ForgedHandle, alice.Assign(filter));
        machine.Refuse(RefusalReason.ForeignHandle, alice.Assign(given));
        machine.Accept(bob.Assign(given));
        Assert.Equal(
            TestMachine.Target(bob.CardNumber, 0), machine.Nic.Classify(TestMachine.Udp(1, 7)));
        machine.Destroy(alice);
        Assert.Equal(0, machine.Nic.Count);
    }

    [Fact]
    public void A_rate_that_is_set_again_takes_the_place_of_the_old_one()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1).WithDomain().WithCard();
        Decision first = machine.Accept(alice.Rate(10_000_000));
        Decision second = machine.Accept(alice.Rate(20_000_000));
        Decision other = machine.Accept(
            alice.Rate(20_000_000, direction: FilterDirection.Receive));
        Assert.Equal(Number(first), Number(second));
        Assert.NotEqual(Number(first), Number(other));

        static int Number(Decision decision) =>
            Assert.IsType<ControlEvent.RateSet>(Assert.Single(decision.Events)).Rate;
    }

    [Fact]
    public void An_82599_holds_the_mac_and_vlan_of_a_filter_and_cannot_steer_by_port()
    {
        var machine = new TestMachine(new ControlPlaneOptions
        {
            Networks = [new NetworkOptions { FiltersByFiveTuple = false }],
        });
        TestTenant alice = machine.Container(1).WithDomain().WithCard();
        machine.Accept(alice.Assign(alice.Filter(alice.UdpPort(7, 8)), queue: 0));
        machine.Accept(alice.Assign(alice.Filter(alice.UdpPort(9)), queue: 0));
        machine.Refuse(
            RefusalReason.FilterOverlaps, alice.Assign(alice.Filter(alice.UdpPort(10)), queue: 1));
        Assert.Equal(
            TestMachine.Target(alice.CardNumber, 0), machine.Nic.Classify(TestMachine.Udp(1, 99)));
        Assert.Equal(2, machine.Nic.Count);
    }

    [Fact]
    public void The_introspection_interface_tells_what_is_left()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1, pages: 30).WithDomain();
        alice.Memory(10);
        Assert.Equal(
            RefusalReason.None, machine.Kernel.QueryLimits(alice.Id, 0, out Limits? limits));
        Assert.Equal(20, limits!.PagesLeft);
        Assert.Equal(machine.Options.DomainsPerContainer - 1, limits.DomainsLeft);
        Assert.Equal(machine.Options.CapabilitiesPerContainer - 3, limits.CapabilitiesLeft);
        Assert.Equal(64, limits.Network.VirtualFunctions);
        Assert.Equal(
            RefusalReason.NoSuchNetwork, machine.Kernel.QueryLimits(alice.Id, 1, out limits));
        Assert.Null(limits);
    }

    [Fact]
    public void An_event_that_does_not_fit_the_state_is_a_broken_invariant()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(1).WithDomain().WithCard();
        alice.Memory(4);
        foreach (ControlEvent @event in machine.Journal)
        {
            Assert.ThrowsAny<Exception>(() => machine.Kernel.Apply(@event));
        }
    }
}
