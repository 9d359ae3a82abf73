using CsCheck;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Nic;

/// <summary>A kernel that drives the card by its physical function, without SR-IOV.</summary>
public class PhysicalFunctionQueueSpecs
{
    private const int PhysicalFunction = PhysicalFunctionProtocol.PhysicalFunction;
    private const int LastQueue = NicModel.PhysicalFunctionQueues - 1;
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Fact]
    public void Filters_steer_each_address_to_a_queue_of_its_own_among_64()
    {
        using var scene = new NicScene(enabled: 0);
        var kernel = scene.Tenant(PhysicalFunction);
        int[] queues = [0, 1, 7, 8, 31, 32, LastQueue];
        foreach (var queue in queues)
        {
            StartRing(scene, kernel, queue);
            Steer(scene, NicScene.MacOf(queue), queue);
        }

        foreach (var queue in queues)
            scene.Arrive(Frame(queue));
        scene.Run();

        foreach (var queue in queues)
        {
            Assert.Equal(1, HeadOf(scene, queue));
            Assert.Equal(Frame(queue), Received(scene, kernel, queue));
        }
    }

    [Fact]
    public void A_frame_that_nothing_takes_goes_to_the_first_queue_once_that_is_enabled()
    {
        using var scene = new NicScene(enabled: 0);
        var kernel = scene.Tenant(PhysicalFunction);
        scene.Arrive(Frame(5));
        scene.Run();
        Assert.Equal(1, scene.Card.Counters.DroppedFor(NicDrops.NoFilter));

        StartRing(scene, kernel, 0);
        scene.Arrive(Frame(5));
        scene.Run();

        Assert.Equal(1, HeadOf(scene, 0));
        Assert.Equal(1, scene.Card.Counters.DroppedFor(NicDrops.NoFilter));
    }

    [Fact]
    public void Receive_side_scaling_spreads_flows_over_all_queues_and_keeps_each_flow_on_one()
    {
        using var scene = new NicScene(enabled: 0);
        var kernel = scene.Tenant(PhysicalFunction);
        for (var queue = 0; queue <= LastQueue; queue++)
            StartRing(scene, kernel, queue);
        kernel.RegisterNow(FunctionRegisters.PacketSplitType, FunctionRegisters.RssOver(6));

        for (var flow = 0; flow < 512; flow++)
        {
            var frame = NicScene.Udp(
                Client, NicScene.MacOf(1), sourcePort: (ushort)(2_000 + flow));
            FrameParser.TryRead(frame, out var fields);
            var expected = (int)(ReceiveSteering.Hash(fields, out _) % 64);
            var before = HeadOf(scene, expected);
            scene.Arrive(frame);
            scene.Run(2 * Picoseconds.PerMicrosecond);
            Assert.Equal((before + 1) % Tenant.RingSize, HeadOf(scene, expected));
        }

        Assert.All(Enumerable.Range(0, 64), queue => Assert.NotEqual(0, HeadOf(scene, queue)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(63)]
    public void Each_of_64_vectors_interrupts_and_masks_itself_until_it_is_enabled(int vector)
    {
        using var scene = new NicScene(enabled: 0);
        var kernel = scene.Tenant(PhysicalFunction);
        StartRing(scene, kernel, vector);
        Steer(scene, NicScene.MacOf(vector), vector);
        Arm(scene, kernel, vector, vector);

        for (var count = 0; count < 4; count++)
            scene.Arrive(Frame(vector), afterPs: count * Picoseconds.PerMicrosecond);
        scene.Run();
        Assert.Equal([100 + vector], Events(scene));

        var (offset, bit) = FunctionRegisters.ExtendedPlace(
            FunctionRegisters.InterruptMaskSetExtended, vector);
        kernel.RegisterNow(offset, bit);
        scene.Run();

        Assert.Equal([100 + vector, 100 + vector], Events(scene));
    }

    [Fact]
    public void A_cause_that_software_sets_in_the_upper_half_interrupts()
    {
        using var scene = new NicScene(enabled: 0);
        var kernel = scene.Tenant(PhysicalFunction);
        Arm(scene, kernel, 40, 40);

        kernel.RegisterNow(FunctionRegisters.InterruptCauseSetExtended + 4, 1u << 8);
        scene.Run();

        Assert.Equal([140], Events(scene));
        Assert.Equal(0, kernel.Statistics.RefusedFor(RegisterRefusal.UnknownRegister));
    }

    [Fact]
    public void Both_names_of_the_lower_half_are_one_register()
    {
        using var scene = new NicScene(enabled: 0);
        var kernel = scene.Tenant(PhysicalFunction);
        kernel.RegisterNow(FunctionRegisters.InterruptMaskSet, 0x55);
        kernel.RegisterNow(FunctionRegisters.InterruptMaskClearExtended, 0x05);

        Assert.Equal(0x50u, Read(scene, FunctionRegisters.InterruptMaskSetExtended));
        Assert.Equal(0x50u, Read(scene, FunctionRegisters.InterruptMaskSet));
        Assert.Equal(0u, Read(scene, FunctionRegisters.InterruptMaskSetExtended + 4));
    }

    [Fact]
    public void A_virtual_function_has_no_extended_registers()
    {
        using var scene = new NicScene();
        var tenant = scene.Tenant(0);
        tenant.RegisterNow(FunctionRegisters.InterruptMaskSetExtended, 1);
        Assert.Equal(1, tenant.Statistics.RefusedFor(RegisterRefusal.UnknownRegister));
    }

    [Fact]
    public void Registers_of_64_queues_and_vectors_do_not_overlap()
    {
        var taken = new HashSet<int>();
        for (var queue = 0; queue < NicModel.PhysicalFunctionQueues; queue++)
        {
            Assert.True(taken.Add(FunctionRegisters.Receive(queue, FunctionRegisters.BaseLow)));
            Assert.True(taken.Add(FunctionRegisters.Transmit(queue, FunctionRegisters.BaseLow)));
            if (queue % 2 == 0)
            {
                Assert.True(taken.Add(
                    FunctionRegisters.VectorPlace(queue, QueueDirection.Receive).Offset));
            }

            Assert.True(taken.Add(FunctionRegisters.InterruptThrottle + (queue * 4)));
        }

        for (var register = 0; register < 6; register++)
        {
            for (var half = 0; half < 2; half++)
            {
                Assert.True(taken.Add(FunctionRegisters.InterruptCauseExtended
                    + (register * FunctionRegisters.ExtendedStride) + (half * 4)));
            }

            Assert.True(taken.Add(FunctionRegisters.InterruptCause + (register * 4)));
        }

        Assert.All(taken, offset => Assert.True(offset < FunctionRegisters.WindowBytes));
    }

    [Fact]
    public void Two_halves_of_32_vectors_act_like_a_set_of_64()
    {
        int[] edges = [0, 1, 30, 31, 32, 33, 62, 63];
        var order = Gen.Select(Gen.Int[0, 7].Select(index => edges[index]), Gen.Int[0, 4]);
        order.Array[1, 60].Sample(orders =>
        {
            using var scene = new NicScene(enabled: 0);
            var kernel = scene.Tenant(PhysicalFunction);
            foreach (var vector in orders.Select(one => one.Item1).Distinct())
                Bind(scene, vector);
            var enabled = new HashSet<int>();
            var pending = new HashSet<int>();
            foreach (var (vector, action) in orders)
            {
                var heard = Events(scene).Length;
                var register = action switch
                {
                    0 or 1 => FunctionRegisters.InterruptCauseSetExtended,
                    2 => FunctionRegisters.InterruptMaskSetExtended,
                    3 => FunctionRegisters.InterruptMaskClearExtended,
                    _ => FunctionRegisters.InterruptCauseExtended,
                };
                Write(kernel, register, vector);
                scene.Run(2 * Picoseconds.PerMicrosecond);
                if (action <= 1)
                    pending.Add(vector);
                else if (action == 2)
                    enabled.Add(vector);
                else if (action == 3)
                    enabled.Remove(vector);
                else
                    pending.Remove(vector);

                var isSent = action <= 2 && pending.Contains(vector) && enabled.Contains(vector);
                int[] expected = isSent ? [100 + vector] : [];
                Assert.Equal(expected, Events(scene)[heard..]);
                if (!isSent)
                    continue;
                Write(kernel, FunctionRegisters.InterruptCauseExtended, vector);
                scene.Run(0);
                pending.Remove(vector);
            }
        }, iter: 60);
    }

    [Fact]
    public void Each_queue_has_a_pace_of_its_own()
    {
        using var scene = new NicScene(enabled: 0);
        var kernel = scene.Tenant(PhysicalFunction);
        StartRing(scene, kernel, 40);
        StartRing(scene, kernel, LastQueue);
        scene.Order(new PhysicalFunctionProtocol.SetRate(
            PhysicalFunction, 40, QueueDirection.Transmit, 10_000_000));
        for (var count = 0; count < 6; count++)
        {
            Post(kernel, 40, NicScene.Udp(NicScene.MacOf(1), Client, 1_024));
            Post(kernel, LastQueue, NicScene.Udp(NicScene.MacOf(2), Client, 1_024));
        }

        scene.Run();

        Assert.Equal(6, scene.Wire.Count(one => one.Bytes[11] == 2));
        Assert.Equal(1, scene.Wire.Count(one => one.Bytes[11] == 1));
    }

    [Fact]
    public void Virtual_functions_and_queues_of_the_physical_one_take_their_own_frames()
    {
        using var scene = new NicScene();
        var kernel = scene.Tenant(PhysicalFunction);
        var tenant = scene.Tenant(0).Start();
        StartRing(scene, kernel, LastQueue);
        Steer(scene, NicScene.MacOf(LastQueue), LastQueue);

        scene.Arrive(Frame(0));
        scene.Arrive(Frame(LastQueue));
        scene.Run();

        Assert.Equal(Frame(0), tenant.TakeReceived());
        Assert.Equal(Frame(LastQueue), Received(scene, kernel, LastQueue));
    }

    [Fact]
    public void A_kernel_posts_register_writes_to_physical_addresses_at_times_of_its_own()
    {
        using var scene = new NicScene(enabled: 0);
        var registers = scene.Card.RegistersOf(PhysicalFunction);
        var place = FunctionRegisters.Receive(LastQueue, FunctionRegisters.BaseLow);
        RegisterBus.Post(
            scene.Machine.Mmio, scene.KernelStub, registers + place, 0x1000,
            scene.NowPs + NicScene.PostedWritePs);
        // Nothing answers behind the registers, nor in memory: such writes are lost.
        RegisterBus.Post(scene.Machine.Mmio, scene.KernelStub, 1L << 50, 1, scene.NowPs);
        RegisterBus.Post(scene.Machine.Mmio, scene.KernelStub, 0x1000, 1, scene.NowPs);

        scene.Run(NicScene.PostedWritePs - 2);
        Assert.DoesNotContain(Rings(scene), ring => ring.BaseAddress != 0);
        scene.Run(2);
        Assert.Equal(0x1000UL, Rings(scene).Single(ring => ring.BaseAddress != 0).BaseAddress);
    }

    private static IEnumerable<RingState> Rings(NicScene scene) =>
        scene.Card.StateOf(PhysicalFunction)!.Rings;

    private static int HeadOf(NicScene scene, int queue) => Rings(scene).Single(ring =>
        ring.Queue == queue && ring.Direction == QueueDirection.Receive).Head;

    private static byte[] Frame(int to) => NicScene.Udp(Client, NicScene.MacOf(to));

    /// <summary>Each queue has 1 KiB for its two rings, and one buffer for all descriptors.
    /// </summary>
    private static void StartRing(NicScene scene, Tenant kernel, int queue)
    {
        var ring = Tenant.Base + ((ulong)queue * 1_024);
        var first = FunctionRegisters.Receive(queue, 0);
        var second = FunctionRegisters.Transmit(queue, 0);
        kernel.Register(first + FunctionRegisters.BaseLow, (uint)ring);
        kernel.Register(first + FunctionRegisters.Length, Tenant.RingSize * 16);
        kernel.Register(first + FunctionRegisters.SplitReplicationControl,
            FunctionRegisters.SplitReplicationOf(2));
        kernel.Register(second + FunctionRegisters.BaseLow, (uint)(ring + 512));
        kernel.Register(second + FunctionRegisters.Length, Tenant.RingSize * 16);
        Span<byte> bytes = stackalloc byte[16];
        new ReceiveDescriptor(BufferOf(queue)).Write(bytes);
        for (var index = 0; index < Tenant.RingSize; index++)
        {
            kernel.Store(ring + (ulong)(index * 16), bytes);
        }

        kernel.Register(first + FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
        kernel.Register(second + FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
        kernel.Register(first + FunctionRegisters.Tail, Tenant.RingSize - 1);
        scene.Run(0);
    }

    private static ulong BufferOf(int queue) =>
        Tenant.Base + (16UL << 12) + ((ulong)queue * 2_048);

    private static byte[] Received(NicScene scene, Tenant kernel, int queue) =>
        kernel.Load(BufferOf(queue), Frame(queue).Length);

    private static void Post(Tenant kernel, int queue, byte[] frame)
    {
        kernel.Store(BufferOf(queue), frame);
        var ring = Rings(kernel, queue);
        Span<byte> bytes = stackalloc byte[16];
        new TransmitDescriptor(
            BufferOf(queue), (ushort)frame.Length,
            TransmitCommand.EndOfPacket
            | TransmitCommand.InsertFrameCheck
            | TransmitCommand.Extended,
            (uint)frame.Length).Write(bytes);
        kernel.Store(ring.BaseAddress + (ulong)(ring.Tail * 16), bytes);
        kernel.RegisterNow(FunctionRegisters.Transmit(queue, FunctionRegisters.Tail),
            (uint)(ring.Tail + 1));
    }

    private static RingState Rings(Tenant kernel, int queue) => kernel.Rings.Single(ring =>
        ring.Queue == queue && ring.Direction == QueueDirection.Transmit);

    private static void Steer(NicScene scene, MacAddress address, int queue) =>
        scene.Order(new PhysicalFunctionProtocol.InstallReceiveFilter(
            PhysicalFunction, queue,
            FilterPredicate.Everything.WithDestinationMac(address.Value), 1_000 + queue));

    private static void Bind(NicScene scene, int vector)
    {
        var coreVector = 48 + vector;
        scene.Machine.Cores[1].Bind(
            coreVector, new VectorBinding(scene.KernelStub, null, 100 + vector));
        scene.Order(new PhysicalFunctionProtocol.ProgramVector(
            PhysicalFunction, vector, (ulong)Machine.InterruptAddressOf(1), (uint)coreVector));
    }

    private static void Write(Tenant kernel, int register, int vector)
    {
        var (place, bit) = FunctionRegisters.ExtendedPlace(register, vector);
        kernel.RegisterNow(place, bit);
    }

    private static uint Read(NicScene scene, int offset)
    {
        var actor = scene.ActorAt(
            scene.Card.RegistersOf(PhysicalFunction) + offset, out var inWindow);
        scene.Send(actor!, MmioProtocol.RegisterRead.Instance,
            MmioProtocol.RegisterRead.WordOf(inWindow, 1));
        scene.Run();
        return MmioProtocol.RegisterReadCompletion.ValueOf(scene.Heard.Last(
            one => one.Message is MmioProtocol.RegisterReadCompletion).Word);
    }

    private static void Arm(NicScene scene, Tenant kernel, int queue, int vector)
    {
        Bind(scene, vector);
        var (offset, shift) = FunctionRegisters.VectorPlace(queue, QueueDirection.Receive);
        kernel.RegisterNow(offset, FunctionRegisters.VectorField(vector) << shift);
        foreach (var register in new[]
        {
            FunctionRegisters.InterruptAutoClearExtended,
            FunctionRegisters.InterruptAutoMaskExtended,
            FunctionRegisters.InterruptMaskSetExtended,
        })
        {
            Write(kernel, register, vector);
        }
    }

    private static int[] Events(NicScene scene) => [.. scene.Heard
        .Where(one => one.Message is CoreProtocol.KernelInterrupt)
        .Select(one => (int)CoreProtocol.KernelInterrupt.EventOf(one.Word))];
}
