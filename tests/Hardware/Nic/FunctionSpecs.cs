using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

public class FunctionSpecs
{
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Fact]
    public void Functions_appear_when_vf_enable_is_set_as_many_as_numvfs_says()
    {
        using var scene = new NicScene(functions: 64, enabled: 0);
        Assert.Equal(0, scene.Card.VirtualFunctionCount);
        Assert.Null(scene.ActorAt(scene.Card.RegistersOf(0), out _));

        scene.Enable(5);

        Assert.Equal(5, scene.Card.VirtualFunctionCount);
        Assert.NotNull(scene.ActorAt(scene.Card.RegistersOf(4), out _));
        Assert.Null(scene.ActorAt(scene.Card.RegistersOf(5), out _));
        Assert.Equal(6, scene.Card.ConfigurationSpaces.Count);
        Assert.Equal("vf(4)", scene.Card.ActorOf(4)!.Path.Name.Split('#')[0]);
    }

    [Fact]
    public void Disabling_takes_functions_away_and_counts_what_was_on_its_way()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
        tenant.Transmit(NicScene.Udp(NicScene.MacOf(0), Client));
        scene.Run(NicScene.ReceivePipelinePs);

        scene.Disable();
        scene.Run();

        Assert.Equal(0, scene.Card.VirtualFunctionCount);
        Assert.Empty(scene.Wire);
        Assert.Equal(1, scene.Card.FunctionCounters.DroppedFor(NicDrops.FunctionDisabled));
        Assert.Equal(0, scene.Island.Frames.Count);
        Assert.Equal(0, scene.Card.FunctionCounters.Inside);
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
        scene.Run();
        Assert.Equal(1, scene.Card.Counters.DroppedFor(NicDrops.NoFilter));
    }

    [Fact]
    public void Functions_enabled_again_start_afresh()
    {
        using var scene = new NicScene();
        scene.Tenant(0).Start();
        scene.Disable();
        scene.Enable(3);
        var tenant = scene.Tenant(0);

        Assert.Equal(3, scene.Card.VirtualFunctionCount);
        Assert.Empty(scene.Card.StateOf(0)!.Rings);
        tenant.Start();
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
        scene.Run();
        Assert.NotNull(tenant.TakeReceived());
    }

    [Fact]
    public void Functions_disabled_and_enabled_within_one_instant_are_new_ones()
    {
        using var scene = new NicScene();
        var before = scene.Card.ActorOf(1)!;
        var control = scene.Card.SrIovCapabilityOffset + 0x08;
        foreach (var value in new uint[] { 0, 0x19 })
        {
            scene.Send(scene.Card.PhysicalFunction,
                new PhysicalFunctionProtocol.WriteConfiguration(
                    scene.Card.PhysicalFunctionId, control, 2, value));
        }

        scene.Run();

        Assert.Equal(4, scene.Card.VirtualFunctionCount);
        Assert.NotSame(before, scene.Card.ActorOf(1));
        var tenant = scene.Tenant(1).Start();
        tenant.Transmit(NicScene.Udp(NicScene.MacOf(1), Client));
        scene.Run();
        Assert.Single(scene.Wire);
    }

    [Fact]
    public void A_reset_function_has_no_rings_filters_or_address_and_moves_nothing_more()
    {
        using var scene = new NicScene(NicModel.Ideal);
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.InstallReceiveFilter(
            0, 0, FilterPredicate.Everything.WithDestinationPort(7), 5));
        Assert.Equal(1, scene.Card.FiltersInstalled);
        tenant.Transmit(NicScene.Udp(NicScene.MacOf(0), Client));

        scene.Order(new PhysicalFunctionProtocol.ResetFunction(0));
        scene.Run();

        var state = scene.Card.StateOf(0)!;
        Assert.Null(state.Mac);
        Assert.All(
            state.Rings,
            ring => Assert.Equal((0, false), (ring.Descriptors, ring.IsEnabled)));
        Assert.Equal(0, scene.Card.FiltersInstalled);
        Assert.Empty(scene.Wire);
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void A_ring_of_bad_length_or_changed_while_enabled_is_refused()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        var length = FunctionRegisters.Receive(1, FunctionRegisters.Length);
        tenant.RegisterNow(length, 100);
        tenant.RegisterNow(length, (128 << 10) + 128);
        tenant.RegisterNow(FunctionRegisters.Receive(0, FunctionRegisters.Length), 128);
        tenant.RegisterNow(FunctionRegisters.Receive(0, FunctionRegisters.BaseLow), 0);
        tenant.RegisterNow(FunctionRegisters.Receive(
            1, FunctionRegisters.QueueControl), FunctionRegisters.QueueEnableBit);
        tenant.RegisterNow(FunctionRegisters.Receive(1, FunctionRegisters.Head), 3);
        tenant.RegisterNow(FunctionRegisters.Receive(8, FunctionRegisters.Tail), 3);
        tenant.RegisterNow(0x0F00, 3);

        var statistics = tenant.Statistics;
        Assert.Equal(2, statistics.RefusedFor(RegisterRefusal.RingLength));
        Assert.Equal(2, statistics.RefusedFor(RegisterRefusal.QueueEnabled));
        Assert.Equal(1, statistics.RefusedFor(RegisterRefusal.QueueNotReady));
        Assert.Equal(1, statistics.RefusedFor(RegisterRefusal.RingIndex));
        Assert.Equal(1, statistics.RefusedFor(RegisterRefusal.NoSuchQueue));
        Assert.Equal(1, statistics.RefusedFor(RegisterRefusal.UnknownRegister));
    }

    [Fact]
    public void A_full_ring_drops_and_the_neighbour_still_receives()
    {
        using var scene = new NicScene();
        var full = scene.Tenant(0).Start(posted: 2);
        var other = scene.Tenant(1).Start();
        for (var count = 0; count < 5; count++)
        {
            scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
            scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(1)));
        }

        scene.Run();

        Assert.Equal(2, full.Statistics.GoodPacketsReceived);
        Assert.Equal(3, full.Statistics.Packets.DroppedFor(NicDrops.NoDescriptor));
        Assert.Equal(5, other.Statistics.GoodPacketsReceived);
    }

    [Fact]
    public void A_frame_longer_than_a_buffer_spans_descriptors()
    {
        using var scene = new NicScene(options: new NicOptions { MaximumFrameBytes = 9_000 });
        var tenant = scene.Tenant(0).Start(bufferKibibytes: 1);
        var frame = NicScene.Udp(Client, NicScene.MacOf(0), 1_472);

        scene.Arrive(frame);
        scene.Run();

        Assert.Equal(1_024, tenant.Received(0).LengthBytes);
        Assert.Equal(frame.Length - 1_024, tenant.Received(1).LengthBytes);
        Assert.Equal(frame, tenant.TakeReceived());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_that_is_down_drops_both_ways(bool port)
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0).Start();
        scene.Order(new PhysicalFunctionProtocol.SetLink(false, port ? null : 0));
        tenant.Transmit(NicScene.Udp(NicScene.MacOf(0), Client));
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
        scene.Run();
        Assert.Empty(scene.Wire);
        Assert.Equal(
            2,
            scene.Card.Counters.DroppedFor(NetworkDrops.LinkDown)
            + scene.Card.FunctionCounters.DroppedFor(NetworkDrops.LinkDown));

        scene.Order(new PhysicalFunctionProtocol.SetLink(true, port ? null : 0));
        scene.Arrive(NicScene.Udp(Client, NicScene.MacOf(0)));
        scene.Run();
        Assert.NotNull(tenant.TakeReceived());
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void The_physical_function_has_queues_and_gets_what_nobody_else_takes()
    {
        using var scene = new NicScene();
        var kernel = scene.Tenant(-1).Start();
        var frame = NicScene.Udp(Client, NicScene.MacOf(99));

        scene.Arrive(frame);
        kernel.Transmit(NicScene.Udp(NicScene.MacOf(50), Client));
        scene.Run();

        Assert.Equal(frame, kernel.TakeReceived());
        Assert.Single(scene.Wire);
    }

    [Fact]
    public void Registers_that_a_bar_puts_on_memory_or_on_others_do_not_answer()
    {
        using var scene = new NicScene();
        var bar = scene.Card.SrIovCapabilityOffset + 0x24;
        scene.Configure(scene.Card.SrIovCapabilityOffset + 0x08, 2, 0x11);
        foreach (var address in new[] { 0x10_0000L, scene.Card.RegistersOf(-1) })
        {
            scene.Configure(bar, 4, (uint)address);
            scene.Configure(bar + 4, 4, (uint)(address >> 32));
            scene.Configure(scene.Card.SrIovCapabilityOffset + 0x08, 2, 0x19);
            Assert.Single(scene.Machine.Mmio.Regions);
            scene.Configure(scene.Card.SrIovCapabilityOffset + 0x08, 2, 0x11);
        }
    }

    [Fact]
    public void Taps_see_the_frames_of_a_function_and_of_the_port()
    {
        using var scene = new NicScene();
        var function = new Tap();
        var port = new Tap();
        var tenant = scene.Tenant(0).Start();
        scene.Card.SetTap(0, function);
        scene.Card.SetPortTap(port);
        var request = NicScene.Udp(Client, NicScene.MacOf(0));
        var reply = NicScene.Udp(NicScene.MacOf(0), Client);

        scene.Arrive(request);
        scene.Run();
        tenant.Transmit(reply);
        scene.Run();

        foreach (var tap in new[] { function, port })
        {
            Assert.Equal(
                [(FrameDirection.Received, request), (FrameDirection.Sent, reply)],
                tap.Passed.Select(one => (one.Direction, one.Bytes)));
        }

        Assert.True(port.Passed[0].TimePs < function.Passed[0].TimePs);
        Assert.True(port.Passed[1].TimePs > function.Passed[1].TimePs);
    }

    private sealed class Tap : IFrameTap
    {
        public List<(long TimePs, byte[] Bytes, FrameDirection Direction)> Passed { get; } = [];

        void IFrameTap.Passed(long timePs, ReadOnlySpan<byte> frame, FrameDirection direction) =>
            Passed.Add((timePs, frame.ToArray(), direction));
    }
}
