using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Xunit;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

public sealed class AttackSpecs
{
    [Fact]
    public void A_forged_handle_to_memory_maps_nothing()
    {
        var machine = new TestMachine();
        machine.Refuse(RefusalReason.ForgedHandle, MapOfForgedHandle(machine));
        Assert.Empty(machine.Kernel.Mappings());
    }

    [Fact]
    public void Without_the_guard_a_forged_handle_maps_the_victims_frames()
    {
        var machine = new TestMachine(null, CapabilityGuards.Handle);
        machine.Accept(MapOfForgedHandle(machine));
        MemoryExtent victims = Assert.Single(machine.Kernel.Extents());
        MappedPages stolen = Assert.Single(machine.Kernel.Mappings());
        Assert.NotEqual(victims.Container, stolen.Container);
        Assert.Equal(victims.FirstFrame, stolen.FirstFrame);
    }

    [Fact]
    public void A_handle_overheard_is_of_no_use()
    {
        var machine = new TestMachine();
        TestTenant victim = machine.Container(1).WithDomain().WithCard();
        TestTenant attacker = machine.Container(2);
        machine.Refuse(
            RefusalReason.ForeignHandle, new Command.DeleteCard(attacker.Id, victim.Card));
    }

    [Fact]
    public void Without_the_guard_an_overheard_handle_deletes_the_victims_card()
    {
        var machine = new TestMachine(null, CapabilityGuards.Handle);
        TestTenant victim = machine.Container(1).WithDomain().WithCard();
        TestTenant attacker = machine.Container(2);
        machine.Accept(new Command.DeleteCard(attacker.Id, victim.Card));
        Assert.Empty(machine.Kernel.Cards());
    }

    [Fact]
    public void A_filter_for_another_containers_address_is_refused()
    {
        var machine = new TestMachine();
        (TestTenant victim, TestTenant attacker) = BothReceiving(machine);
        machine.Refuse(
            RefusalReason.AddressNotOwned,
            new Command.CreateFilter(attacker.Id, victim.UdpPort(7)));
        Assert.Equal(
            TestMachine.Target(victim.CardNumber, 0), machine.Nic.Classify(TestMachine.Udp(1, 7)));
    }

    [Fact]
    public void Without_the_guard_the_filter_takes_the_victims_packets()
    {
        var machine = new TestMachine(null, FilterOwnership.Guard);
        (TestTenant victim, TestTenant attacker) = BothReceiving(machine);
        machine.Accept(attacker.Assign(attacker.Filter(victim.UdpPort(7))));
        Assert.Equal(
            TestMachine.Target(attacker.CardNumber, 0),
            machine.Nic.Classify(TestMachine.Udp(1, 7)));
    }

    [Theory]
    [InlineData(0UL, 0x0a000002u)]
    [InlineData(0x02_00_00_00_00_01UL, 0x0a000002u)]
    [InlineData(0x02_00_00_00_00_02UL, 0x0a000001u)]
    [InlineData(0xff_ff_ff_ff_ff_ffUL, 0u)]
    public void A_receive_filter_must_name_the_containers_address(ulong mac, uint ip)
    {
        var machine = new TestMachine();
        TestTenant attacker = machine.Container(2);
        machine.Refuse(
            RefusalReason.AddressNotOwned,
            new Command.CreateFilter(
                attacker.Id, attacker.UdpPort(7) with { LocalMac = mac, LocalIp = ip }));
    }

    [Fact]
    public void A_filter_in_another_vlan_is_refused()
    {
        var machine = new TestMachine();
        TestTenant attacker = machine.Container(2);
        machine.Refuse(
            RefusalReason.AddressNotOwned,
            new Command.CreateFilter(attacker.Id, attacker.UdpPort(7) with { Vlan = 5 }));
    }

    [Fact]
    public void A_spoofed_source_is_refused_and_accepted_without_the_guard()
    {
        foreach (FilterSpecification spoof in Spoofs())
        {
            var guarded = new TestMachine();
            guarded.Refuse(
                RefusalReason.AddressNotOwned,
                new Command.CreateFilter(guarded.Container(2).Id, spoof));
            var open = new TestMachine(null, FilterOwnership.Guard);
            TestTenant attacker = open.Container(2).WithDomain().WithCard();
            open.Accept(attacker.Assign(attacker.Filter(spoof)));
        }
    }

    [Fact]
    public void A_container_may_send_from_its_own_address_and_resolve_addresses()
    {
        var machine = new TestMachine();
        TestTenant alice = machine.Container(2).WithDomain().WithCard();
        FilterSpecification own = alice.UdpPort(7) with { Direction = FilterDirection.Transmit };
        machine.Accept(alice.Assign(alice.Filter(own)));
        machine.Accept(alice.Assign(alice.Filter(
            own with { Level = FilterLevel.Ethernet, Services = [0x0806] })));
        Assert.Equal(0, machine.Nic.Count);
    }

    [Fact]
    public void Gifts_fill_no_more_than_half_of_what_a_container_may_have()
    {
        var machine = new TestMachine(new ControlPlaneOptions { CapabilitiesPerContainer = 8 });
        TestTenant giver = machine.Container(1);
        TestTenant victim = machine.Container(2);
        Handle memory = giver.Memory(1);
        while (machine.Kernel.Decide(giver.Share(memory, victim)).IsAccepted)
        {
            machine.Accept(giver.Share(memory, victim));
        }

        machine.Refuse(RefusalReason.ReceiverFull, giver.Share(memory, victim));
        victim.WithDomain().WithCard().Receiving(7).Memory(1);
    }

    private static Command MapOfForgedHandle(TestMachine machine)
    {
        TestTenant victim = machine.Container(1).WithDomain();
        Handle secret = victim.Memory(4);
        TestTenant attacker = machine.Container(2).WithDomain();
        var forged = Handle.Of(secret.Slot, secret.Tag ^ 1);
        return attacker.Map(forged, 10, 4);
    }

    private static (TestTenant Victim, TestTenant Attacker) BothReceiving(TestMachine machine) =>
        (machine.Container(1).WithDomain().WithCard().Receiving(7),
            machine.Container(2).WithDomain().WithCard().Receiving(7));

    // Tenant 2 sends as tenant 1, or in ways that would let it.
    private static IEnumerable<FilterSpecification> Spoofs()
    {
        var own = new FilterSpecification
        {
            Direction = FilterDirection.Transmit,
            Level = FilterLevel.Udp,
            LocalMac = TestMachine.MacOf(2),
            LocalIp = TestMachine.IpOf(2),
        };
        yield return own with { LocalIp = TestMachine.IpOf(1) };
        yield return own with { LocalMac = TestMachine.MacOf(1) };
        yield return own with { LocalIp = 0 };
        yield return own with { LocalMac = 0 };
        yield return own with { Vlan = 5 };
        yield return own with { Level = FilterLevel.Ethernet };
        yield return own with { Level = FilterLevel.Ethernet, Services = [0x0806, 0x0800] };
        yield return own with { Level = FilterLevel.Ethernet, Services = [0x8100] };
        yield return own with { Level = FilterLevel.Ip, LocalIp = TestMachine.IpOf(1) };
    }
}
