using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic;
using Disguise.Kernels.Monolithic.Softirq;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>The way of datagrams through a monolithic kernel, by bytes and by costs.</summary>
public class EchoSpecs
{
    private const int PaperBytes = 1_024;

    [Fact]
    public void A_datagram_comes_back_with_addresses_and_ports_turned_around()
    {
        using var world = Echo();
        world.Arrive(0, 100, fill: 0x77);
        world.Run();

        var (_, reply) = Assert.Single(world.Wire);
        Assert.True(FrameParser.TryRead(reply, out var fields));
        Assert.Equal(ProcessWorld.Client, fields.DestinationMac);
        Assert.Equal(ProcessWorld.MacOf(0), fields.SourceMac);
        Assert.Equal(ProcessWorld.ClientIp, fields.Destination);
        Assert.Equal(ProcessWorld.IpOf(0), fields.Source);
        Assert.Equal((7, 5_000), (fields.SourcePort, fields.DestinationPort));
        Assert.Equal(100, fields.EndOffset - fields.PayloadOffset);
        Assert.All(
            reply[fields.PayloadOffset..fields.EndOffset], one => Assert.Equal(0x77, one));
        var checksums = ChecksumOffload.Verify(reply, fields);
        Assert.Equal(
            ChecksumStatus.None,
            checksums & (ChecksumStatus.NetworkError | ChecksumStatus.TransportError));
        world.AssertDrained();
    }

    // Arrakis, TOCS 33(4):11, 2015, Table I: Linux, CPU idle.
    [Theory]
    [InlineData("in", 1_240)]
    [InlineData("out", 1_420)]
    [InlineData("scheduler", 2_400)]
    [InlineData("copy in", 250)]
    [InlineData("copy out", 550)]
    [InlineData("return", 200)]
    [InlineData("syscall", 130)]
    public void An_echo_on_an_idle_core_costs_what_the_paper_measured_row_by_row(
        string row, long expectedNs)
    {
        using var world = Echo();
        // The first echo comes from another state than those that follow.
        world.Arrive(0, PaperBytes);
        world.Run();
        world.Machine.KernelAccount.Clear();
        world.Arrive(0, PaperBytes);
        world.Run();

        Assert.Equal(2, world.Wire.Count);
        Assert.Equal(expectedNs * 1_000, TimePs(world, row));
    }

    // Arrakis, TOCS 33(4):11, 2015, Table I: Linux, receiver running.
    [Theory]
    [InlineData("in", 1_260, 1_240)]
    [InlineData("out", 1_050, 1_420)]
    [InlineData("scheduler", 170, 2_400)]
    [InlineData("copy in", 240, 250)]
    [InlineData("copy out", 440, 550)]
    [InlineData("return", 100, 200)]
    [InlineData("syscall", 100, 130)]
    public void Echoes_of_a_running_receiver_cost_what_the_paper_measured_row_by_row(
        string row, long runningNs, long idleNs)
    {
        const int Burst = 40;
        using var world = Echo();
        world.Arrive(0, PaperBytes);
        world.Run();
        world.Machine.KernelAccount.Clear();
        // The first wakes the receiver from idle; it finds the others in its socket.
        for (var count = 0; count < Burst; count++)
            world.Arrive(0, PaperBytes);
        world.Run();

        Assert.Equal(Burst + 1, world.Wire.Count);
        var expected = ((Burst - 1) * runningNs) + idleNs;
        Assert.Equal(expected * 1_000, TimePs(world, row));
    }

    [Fact]
    public void Under_load_the_device_is_polled_and_hardly_interrupts()
    {
        using var world = Echo();
        for (var count = 0; count < 1_000; count++)
            world.Arrive(0, 64, afterPs: count * Picoseconds.PerMicrosecond);
        world.Run(5 * Picoseconds.PerMillisecond);

        var interrupts = world.Card.StateOf(-1)!.Statistics!.InterruptCount;
        Assert.InRange(interrupts, 1, 50);
        world.AssertDrained();
    }

    [Theory]
    [InlineData(SoftirqSharing.ThreadOnly)]
    [InlineData(SoftirqSharing.Anybody)]
    public void Overload_is_dropped_with_a_reason_after_its_work_and_a_thread_takes_over(
        SoftirqSharing sharing)
    {
        const int Frames = 12_000;
        using var world = Overload(sharing, Frames);
        world.Run(20 * Picoseconds.PerMillisecond);

        Assert.True(world.Kernel.SoftirqHandOverCount > 0);
        var received = world.Kernel.Received;
        var dropped = received.DroppedFor(MonolithicDrops.SocketBufferFull);
        Assert.True(dropped > 1_000, $"{dropped} dropped");
        // What was dropped has been worked on, up to where it was dropped.
        var account = world.Machine.KernelAccount;
        Assert.Equal(received.Received, account.CountOf(ProfileCosts.StackReceivePosix));
        Assert.Equal(received.Received, account.CountOf(SharedStackCosts.Demultiplexing));
        Assert.Equal(
            received.Received - dropped,
            account.CountOf(SharedStackCosts.ReceiveBufferAccounting));
        Assert.Equal(
            received.Received - dropped,
            account.CountOf(SharedStackCosts.ReceiverNotification));
        Assert.Equal(
            Frames,
            received.Received + world.Card.FunctionCounters.DroppedFor(NicDrops.NoDescriptor));
        Assert.Equal(world.Wire.Count, received.Sent);
        world.AssertDrained();
    }

    // "softirq: Let ksoftirqd do its job" (Linux 4.9) reports the same of real machines: hardly
    // anything served before it, half of the core for the receiver after it.
    [Fact]
    public void A_receiver_under_overload_lives_only_where_a_thread_alone_polls()
    {
        using var threadOnly = Overload(SoftirqSharing.ThreadOnly, 60_000);
        using var anybody = Overload(SoftirqSharing.Anybody, 60_000);
        threadOnly.Run(50 * Picoseconds.PerMillisecond);
        anybody.Run(50 * Picoseconds.PerMillisecond);

        Assert.InRange(threadOnly.Wire.Count, 5_000, 10_000);
        // Each of its two calls runs ten passes of soft interrupts before it returns.
        Assert.InRange(anybody.Wire.Count, 1, 100);
    }

    [Fact]
    public void Load_that_soft_interrupts_keep_up_with_is_served_alike_by_whoever_polls()
    {
        using var threadOnly = Overload(SoftirqSharing.ThreadOnly, 2_000, 5_000_000);
        using var anybody = Overload(SoftirqSharing.Anybody, 2_000, 5_000_000);
        threadOnly.Run(20 * Picoseconds.PerMillisecond);
        anybody.Run(20 * Picoseconds.PerMillisecond);

        Assert.Equal(2_000, threadOnly.Wire.Count);
        Assert.Equal(
            threadOnly.Wire.Select(frame => frame.TimePs),
            anybody.Wire.Select(frame => frame.TimePs));
    }

    [Fact]
    public void The_device_reaches_packet_buffers_and_nothing_else()
    {
        using var world = Echo();
        var bytes = new byte[64];
        var reachable = 0;
        for (var frame = 1L; frame < 4_000; frame++)
        {
            var result = world.Machine.Iommu.DmaRead(
                world.Card.PhysicalFunctionId, (ulong)frame << 12, bytes);
            if (!result.IsDone)
                continue;
            reachable++;
            Assert.True(world.Machine.Frames.TryGetOwner(frame, out var owner));
            Assert.Equal(1, owner.Value);
        }

        Assert.True(reachable > 100);
    }

    [Fact]
    public void Processes_with_cores_of_their_own_do_not_slow_each_other()
    {
        using var world = new ProcessWorld(cores: 2)
            .Process(new UdpEcho(7, 0), CorePlacement.Own)
            .Process(new UdpEcho(7, 0), CorePlacement.Own)
            .Start();
        Assert.Equal(2, world.Ready.Count);
        for (var count = 0; count < 50; count++)
        {
            world.Arrive(0, 64);
            world.Arrive(1, 64);
        }

        world.Run();
        Assert.Equal(50, world.SentBy(0).Count());
        Assert.Equal(50, world.SentBy(1).Count());
        Assert.Equal(0, world.Machine.KernelAccount.TimePsOf(HardwareCosts.LockWait));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Cores_pay_for_the_lines_of_the_kernel_that_another_wrote_last(
        int cores, bool pays)
    {
        using var world = new ProcessWorld(cores)
            .Process(new UdpEcho(7, 0), new CorePlacement(CorePlacementKind.Pinned, 0))
            .Process(new UdpEcho(7, 0), new CorePlacement(CorePlacementKind.Pinned, cores - 1))
            .Start();
        for (var count = 0; count < 20; count++)
        {
            world.Arrive(0, afterPs: count * 5 * Picoseconds.PerMicrosecond);
            world.Arrive(1, afterPs: count * 5 * Picoseconds.PerMicrosecond);
        }

        world.Run();
        Assert.Equal(40, world.Wire.Count);
        var touches = world.Machine.KernelAccount.CountOf(HardwareCosts.RemoteLineTouch);
        Assert.Equal(pays, touches > 0);
    }

    [Fact]
    public void Two_busy_processes_on_one_core_get_half_of_it_each()
    {
        var work = 10 * Picoseconds.PerMicrosecond;
        using var world = new ProcessWorld()
            .Process(new UdpEcho(7, work))
            .Process(new UdpEcho(7, work))
            .Start();
        for (var round = 0; round < 400; round++)
        {
            for (var process = 0; process < 2; process++)
            {
                for (var count = 0; count < 10; count++)
                    world.Arrive(process, 64);
            }

            world.Run(100 * Picoseconds.PerMicrosecond);
        }

        var first = world.SentBy(0).Count();
        var second = world.SentBy(1).Count();
        Assert.InRange((double)first / second, 0.8, 1.25);
        Assert.InRange(first + second, 1_500, 4_000);
    }

    [Fact]
    public void A_rate_limit_spaces_frames_by_their_bits()
    {
        const long BitsPerSecond = 100_000_000;
        using var world = new ProcessWorld()
            .Process(new UdpEcho(7, 0), rate: BitsPerSecond).Start();
        for (var count = 0; count < 30; count++)
            world.Arrive(0, PaperBytes);
        world.Run(10 * Picoseconds.PerMillisecond);

        Assert.Equal(30, world.Wire.Count);
        var times = world.Wire.Select(frame => frame.TimePs).ToArray();
        var bits = 8L * world.Wire[0].Bytes.Length;
        var tookPs = times[^1] - times[4];
        var expectedPs = Picoseconds.ToSerialise(25 * bits, BitsPerSecond);
        Assert.InRange(tookPs, expectedPs * 99 / 100, expectedPs * 101 / 100);
        world.AssertDrained();
    }

    private static ProcessWorld Echo() => new ProcessWorld()
        .Process(new UdpEcho(7, 0), CorePlacement.Own).Start();

    /// <summary>An echo on its own core, and datagrams at the rate of the wire.</summary>
    private static ProcessWorld Overload(
        SoftirqSharing sharing, int frames, long intervalPs = 872_000)
    {
        var world = new ProcessWorld { Sharing = sharing }
            .Process(new UdpEcho(7, 0), CorePlacement.Own).Start();
        for (var count = 0; count < frames; count++)
            world.Arrive(0, PaperBytes, afterPs: count * intervalPs);
        return world;
    }

    private static long TimePs(ProcessWorld world, string row)
    {
        long Sum(params CostKey[] keys) => keys.Sum(world.Machine.KernelAccount.TimePsOf);
        return row switch
        {
            "in" => Sum(
                ProfileCosts.StackReceivePosix, CoreStateCosts.StackReceiveWhileRunning,
                SharedStackCosts.Demultiplexing, SharedStackCosts.ReceiveBufferAccounting,
                SharedStackCosts.SocketLockReceive, SharedStackCosts.ArgumentCheckReceive),
            "out" => Sum(
                ProfileCosts.StackSendPosix, CoreStateCosts.StackSendAfterIdle,
                SharedStackCosts.SendBufferAccounting, SharedStackCosts.SocketLockSend,
                SharedStackCosts.ArgumentCheckSend),
            "scheduler" => Sum(
                SharedStackCosts.ReceiverNotification, ProfileCosts.SchedulerWakeUp,
                ProfileCosts.SchedulerDispatch, CoreStateCosts.IdleLeave),
            "copy in" => Sum(
                ProfileCosts.CopyReceive, SharedStackCosts.UserCopyReceive,
                CoreStateCosts.CopyReceiveAfterIdle),
            "copy out" => Sum(
                ProfileCosts.CopySend, SharedStackCosts.UserCopySend,
                CoreStateCosts.CopySendAfterIdle),
            "return" => Sum(HardwareCosts.TrapReturn, CoreStateCosts.TrapReturnAfterIdle),
            _ => Sum(HardwareCosts.Trap, CoreStateCosts.TrapAfterIdle),
        };
    }
}
