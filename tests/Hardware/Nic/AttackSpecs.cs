using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

/// <summary>
/// Attacks through what a tenant holds, memory and registers; each refused, and each with its twin
/// in which that one guard is off and the attack succeeds.
/// </summary>
public class AttackSpecs
{
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_spoofed_source_leaves_only_without_the_transmit_filter(bool guarded)
    {
        using var scene = Scene(NicGuards.TransmitFilter, guarded);
        var tenant = scene.Tenant(0).Start();

        tenant.Transmit(NicScene.Udp(NicScene.MacOf(1), Client));
        scene.Run();

        Assert.Equal(guarded ? 0 : 1, scene.Wire.Count);
        Assert.Equal(
            guarded ? 1 : 0, tenant.Statistics.Packets.DroppedFor(NicDrops.SpoofedSource));
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void A_function_without_an_address_sends_nothing()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0, withMac: false).Start();

        tenant.Transmit(NicScene.Udp(new MacAddress(0), Client));
        scene.Run();

        Assert.Empty(scene.Wire);
        Assert.Equal(1, tenant.Statistics.Packets.DroppedFor(NicDrops.SpoofedSource));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flow_outside_the_transmit_filters_leaves_only_without_the_guard(bool guarded)
    {
        using var scene = Scene(NicGuards.TransmitFilter, guarded, NicModel.Ideal);
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.InstallTransmitFilter(
            0, FilterPredicate.Everything.WithEtherType(0x0800).WithSourcePort(7), 41));

        tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, sourcePort: 7));
        tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, sourcePort: 53));
        tenant.RingTransmit();
        scene.Run();

        Assert.Equal(guarded ? 1 : 2, scene.Wire.Count);
        Assert.Equal(
            guarded ? 1 : 0, tenant.Statistics.Packets.DroppedFor(NicDrops.SpoofedSource));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tail_beyond_the_ring_makes_the_device_send_for_ever_without_the_guard(
        bool guarded)
    {
        using var scene = Scene(NicGuards.RingIndex, guarded);
        var tenant = scene.Tenant(0).Start();
        for (var count = 0; count < Tenant.RingSize; count++)
            tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, 1_024));

        tenant.Register(
            FunctionRegisters.Transmit(0, FunctionRegisters.Tail), Tenant.RingSize + 5);
        scene.Run(Picoseconds.PerMillisecond);

        if (guarded)
        {
            Assert.Empty(scene.Wire);
            Assert.Equal(1, tenant.Statistics.RefusedFor(RegisterRefusal.RingIndex));
        }
        else
        {
            Assert.InRange(scene.Wire.Count, 20 * Tenant.RingSize, int.MaxValue);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_receive_tail_beyond_the_ring_makes_the_device_use_descriptors_not_given_to_it(
        bool guarded)
    {
        using var scene = Scene(NicGuards.RingIndex, guarded);
        var tenant = scene.Tenant(0).Start(posted: Tenant.RingSize - 1);

        tenant.RegisterNow(
            FunctionRegisters.Receive(0, FunctionRegisters.Tail), Tenant.RingSize);
        for (var count = 0; count < Tenant.RingSize + 8; count++)
        {
            scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0), fill: (byte)count));
            scene.Run();
        }

        var packets = tenant.Statistics.Packets;
        Assert.Equal(guarded ? 9 : 0, packets.DroppedFor(NicDrops.NoDescriptor));
        Assert.Equal(guarded ? 0 : 9, packets.DroppedFor(NicDrops.IommuFault));
    }

    [Fact]
    public void A_doorbell_of_a_longer_ring_does_not_count_for_the_shorter_one_that_follows()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        for (var count = 0; count < Tenant.RingSize; count++)
            tenant.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client, 1_024));
        tenant.RegisterNow(
            FunctionRegisters.Transmit(0, FunctionRegisters.Tail), Tenant.RingSize - 1);

        tenant.RegisterNow(FunctionRegisters.Transmit(0, FunctionRegisters.QueueControl), 0);
        tenant.RegisterNow(FunctionRegisters.Transmit(0, FunctionRegisters.Length), 8 * 16);
        tenant.RegisterNow(
            FunctionRegisters.Transmit(0, FunctionRegisters.QueueControl),
            FunctionRegisters.QueueEnableBit);
        scene.Run(Picoseconds.PerMillisecond);
        Assert.Empty(scene.Wire);

        tenant.Register(FunctionRegisters.Transmit(0, FunctionRegisters.Tail), 3);
        scene.Run(Picoseconds.PerMillisecond);
        Assert.Equal(3, scene.Wire.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chain_of_more_than_40_descriptors_is_gathered_only_without_the_guard(
        bool guarded)
    {
        using var scene = Scene(NicGuards.DescriptorChain, guarded);
        var tenant = scene.Tenant(0);
        tenant.RegisterNow(FunctionRegisters.Transmit(0, FunctionRegisters.BaseLow),
            (uint)Tenant.TransmitRing());
        tenant.RegisterNow(FunctionRegisters.Transmit(0, FunctionRegisters.Length), 64 * 16);
        tenant.RegisterNow(
            FunctionRegisters.Transmit(0, FunctionRegisters.QueueControl),
            FunctionRegisters.QueueEnableBit);
        var frame = NicScene.Udp(NicScene.MacOf(0), Client, 500);
        tenant.Store(Tenant.TransmitBuffer(0), frame);
        WriteChain(tenant, frame.Length, 48);

        tenant.Register(FunctionRegisters.Transmit(0, FunctionRegisters.Tail), 48);
        scene.Run();

        var state = scene.Card.StateOf(0)!;
        var ring = state.Rings.Single(one => one.Direction == QueueDirection.Transmit);
        Assert.Equal(!guarded, ring.IsEnabled);
        Assert.Equal(guarded ? [] : [frame], scene.Wire.Select(sent => sent.Bytes));
        Assert.Equal(
            guarded ? 1 : 0, state.Statistics!.Packets.DroppedFor(NicDrops.DescriptorChain));
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loop_of_descriptors_that_never_ends_a_frame_does_not_hold_the_device(
        bool guarded)
    {
        using var scene = new NicScene(guards: guarded
            ? Guards.All
            : Guards.AllBut(NicGuards.DescriptorChain, NicGuards.RingIndex));
        var attacker = scene.Tenant(0).Start();
        var other = scene.Tenant(1).Start();
        for (var count = 0; count < Tenant.RingSize; count++)
        {
            attacker.PostTransmit(NicScene.Udp(NicScene.MacOf(0), Client), 0, piece => piece with
            {
                Command = TransmitCommand.Extended,
            });
        }

        attacker.Register(
            FunctionRegisters.Transmit(0, FunctionRegisters.Tail),
            guarded ? Tenant.RingSize - 1 : 99u);
        scene.Run();
        other.Transmit(NicScene.Udp(NicScene.MacOf(1), Client));
        scene.Run();

        Assert.Single(scene.Wire);
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_frame_from_someone_elses_memory_is_sent_only_without_the_iommu(bool guarded)
    {
        using var scene = Scene(MemoryGuards.Iommu, guarded);
        var tenant = scene.Tenant(0).Start();
        var victim = scene.NewFrame();
        var secret = NicScene.Udp(NicScene.MacOf(0), Client, fill: 0x77);
        scene.Machine.Memory.Write(victim, secret);
        PutRingInPhysicalMemory(tenant, guarded);

        var address = (ulong)victim;
        tenant.PostTransmit(secret, 0, piece => piece with { BufferAddress = address });
        tenant.RingTransmit();
        scene.Run();

        if (guarded)
        {
            Assert.Empty(scene.Wire);
            Assert.Equal(1, tenant.Statistics.Packets.DroppedFor(NicDrops.IommuFault));
            var report = Assert.IsType<IommuFaultReport>(
                scene.Heard.Single(heard => heard.Message is IommuFaultReport).Message);
            Assert.Equal(
                new IommuFault(tenant.Id, address, Access.Read, DmaFaultReason.NotPresent),
                report.Fault);
        }
        else
        {
            Assert.Equal(secret, Assert.Single(scene.Wire).Bytes);
        }
    }

    [Fact]
    public void A_frame_to_someone_elses_memory_moves_no_byte_and_the_kernel_hears_of_it()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start(posted: 0);
        var victim = scene.NewFrame();
        tenant.PostReceive(buffer: (ulong)victim);
        tenant.RingReceive();
        var arrival = scene.NowPs;

        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
        scene.Run();

        Assert.Equal(new byte[4096], Physical(scene, victim));
        Assert.Equal(ReceiveStatus.None, tenant.Received(0).Status);
        Assert.Equal(1, tenant.Statistics.Packets.DroppedFor(NicDrops.IommuFault));
        var heard = scene.Heard.Single(one => one.Message is IommuFaultReport);
        Assert.InRange(heard.TimePs, arrival + NicScene.InterruptPs, scene.NowPs);
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void Without_the_iommu_a_frame_is_written_to_someone_elses_memory()
    {
        using var scene = Scene(MemoryGuards.Iommu, false);
        var tenant = scene.Tenant(0).Start(posted: 0);
        PutRingInPhysicalMemory(tenant, false);
        var victim = scene.NewFrame();
        tenant.PostReceive(buffer: (ulong)victim);
        tenant.RingReceive();
        var frame = NicScene.Udp(Client, NicScene.MacOf(0));

        scene.Arrive(frame);
        scene.Run();

        Assert.Equal(frame, Physical(scene, victim)[..frame.Length]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_foreign_doorbell_rings_only_without_page_protection(bool guarded)
    {
        using var scene = Scene(MemoryGuards.PageProtection, guarded);
        var attacker = scene.Tenant(0).Start();
        var victim = scene.Tenant(1).Start();
        victim.PostTransmit(NicScene.Udp(NicScene.MacOf(1), Client));
        var space = new AddressSpace(
            scene.Machine.Memory, new AddressSpaceId(5), attacker.Table.RootAddress);
        var mmu = scene.Machine.Cores[0].Mmu;
        mmu.Activate(space);
        var doorbell = (ulong)scene.Card.RegistersOf(1)
            + (ulong)FunctionRegisters.Transmit(0, FunctionRegisters.Tail);

        var isThere = mmu.TryTranslate(doorbell, Access.Write, out var translation, out _);
        if (isThere)
        {
            Assert.Equal(TranslationKind.Mmio, translation.Kind);
            var actor = scene.ActorAt(translation.PhysicalAddress, out var offset);
            scene.Send(actor!, MmioProtocol.RegisterWrite.Instance,
                MmioProtocol.RegisterWrite.WordOf(offset, 1));
        }

        scene.Run();

        Assert.Equal(!guarded, isThere);
        Assert.Equal(guarded ? 0 : 1, scene.Wire.Count);
    }

    private static NicScene Scene(Guard guard, bool guarded, NicModel? model = null) =>
        new(model, guards: guarded ? Guards.All : Guards.AllBut(guard));

    private static byte[] Physical(NicScene scene, long address)
    {
        var bytes = new byte[4096];
        scene.Machine.Memory.Read(address, bytes);
        return bytes;
    }

    /// <summary>Without an IOMMU a driver gives the device physical addresses.</summary>
    private static void PutRingInPhysicalMemory(Tenant tenant, bool guarded)
    {
        if (guarded)
            return;
        foreach (var (first, ring) in new[]
        {
            (FunctionRegisters.ReceiveQueues, Tenant.ReceiveRing()),
            (FunctionRegisters.TransmitQueues, Tenant.TransmitRing()),
        })
        {
            var address = (ulong)tenant.PhysicalOf(ring);
            tenant.RegisterNow(first + FunctionRegisters.QueueControl, 0);
            tenant.RegisterNow(first + FunctionRegisters.BaseLow, (uint)address);
            tenant.RegisterNow(first + FunctionRegisters.BaseHigh, (uint)(address >> 32));
            tenant.RegisterNow(
                first + FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
        }
    }

    private static void WriteChain(Tenant tenant, int frameBytes, int pieces)
    {
        var bytes = new byte[16];
        for (var piece = 0; piece < pieces; piece++)
        {
            var from = frameBytes * piece / pieces;
            var to = frameBytes * (piece + 1) / pieces;
            new TransmitDescriptor(
                Tenant.TransmitBuffer(0) + (ulong)from, (ushort)(to - from),
                TransmitCommand.Extended
                | (piece == pieces - 1 ? TransmitCommand.EndOfPacket : TransmitCommand.None))
                .Write(bytes);
            tenant.Store(Tenant.TransmitRing() + (ulong)(piece * 16), bytes);
        }
    }
}
