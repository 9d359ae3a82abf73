using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel.Network;

/// <summary>Who may bind what of a card that environments share, and who may send what.</summary>
public sealed class SharedCardSpecs
{
    private const ulong FirstMac = 0x0200_0000_0100UL;
    private const uint FirstIp = 0x0A00_0100u;
    private const ushort Port = 7;
    private const long Page = EnvironmentLayout.FirstFreePage;
    private const int FrameOffset = 2_048;
    private const int FrameBytes = 60;

    private readonly SilentNetwork network = new();

    [Fact]
    public void An_environment_binds_its_own_address() =>
        Assert.Equal(ExokernelRefusal.None, Bind(thief: 0, of: 0, Page));

    [Fact]
    public void The_address_of_another_is_refused() =>
        Assert.Equal(ExokernelRefusal.NotTheAddress, Bind(thief: 1, of: 0, Page));

    [Fact]
    public void Without_the_guard_a_port_of_another_s_address_is_bound() => Assert.Equal(
        ExokernelRefusal.None, Bind(thief: 1, of: 0, Page, NetworkGuards.Address));

    [Fact]
    public void A_slot_without_a_credential_binds_nothing() => Assert.Equal(
        ExokernelRefusal.EmptySlot, Bind(thief: 0, of: 0, Page, slot: 3));

    [Theory]
    [InlineData(Page + 1, ExokernelRefusal.NotBound)]
    [InlineData(0, ExokernelRefusal.NotBound)]
    [InlineData(long.MaxValue >> 12, ExokernelRefusal.NotBound)]
    public void Rings_in_memory_that_is_not_bound_are_refused(
        long page, ExokernelRefusal refusal) => Assert.Equal(refusal, Bind(0, 0, page));

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(8_192)]
    [InlineData(-8)]
    public void Rings_of_no_size_are_refused(int size) =>
        Assert.Equal(ExokernelRefusal.BadRing, Bind(0, 0, Page, size: size));

    [Fact]
    public void A_frame_from_its_own_address_is_sent()
    {
        Assert.Equal(ExokernelRefusal.None, Send(FirstMac, FirstIp));

        Assert.Single(network.Posted);
    }

    [Theory]
    [InlineData(FirstMac + 1, FirstIp)]
    [InlineData(FirstMac, FirstIp + 1)]
    public void A_frame_from_another_s_address_is_not(ulong mac, uint ip)
    {
        Send(mac, ip);

        Assert.Empty(network.Posted);
    }

    [Theory]
    [InlineData(FirstMac + 1, FirstIp)]
    [InlineData(FirstMac, FirstIp + 1)]
    public void Without_the_guard_it_is(ulong mac, uint ip)
    {
        Send(mac, ip, guardsOff: NetworkGuards.TransmitSource);

        Assert.Single(network.Posted);
    }

    [Fact]
    public void A_buffer_that_is_not_the_sender_s_is_not_sent()
    {
        Send(FirstMac, FirstIp, (ulong)Frame.AddressOf(Page + 1));

        Assert.Empty(network.Posted);
    }

    [Fact]
    public void A_tail_outside_of_the_ring_is_refused() => Assert.Equal(
        ExokernelRefusal.BadRing, Send(FirstMac, FirstIp, tail: 8));

    [Fact]
    public void A_card_for_which_memory_is_too_short_keeps_nothing_and_can_be_opened_later()
    {
        var shorter = new OwnerId(77);
        var left = new List<long>();
        Machine? machine = null;
        async EmulatedTask Try(TestEnvironment environment)
        {
            await MapPage(environment);
            var frames = machine!.Frames;
            for (var room = 0; ; room++)
            {
                var taken = new List<long>();
                while (frames.FreeFrameCount > room && frames.TryAllocate(shorter, out var frame))
                    taken.Add(frame);
                var first = await environment.Call(CallOf(0, Page, 0, 8));
                if (first.Refusal == ExokernelRefusal.None)
                    return;
                Assert.Equal(ExokernelRefusal.OutOfMemory, first.Refusal);
                var after = frames.FreeFrameCount;
                var again = await environment.Call(CallOf(0, Page, 0, 8));
                Assert.Equal(ExokernelRefusal.OutOfMemory, again.Refusal);
                Assert.Equal(after, frames.FreeFrameCount);
                left.Add(room - after);
                foreach (var frame in taken)
                    frames.Free(shorter, frame);
            }
        }

        using var scene = new ExokernelScene { Network = network };
        machine = scene.Machine;
        scene.With("binder", Try).Start().Run(10);

        Assert.NotNull(scene.Kernel.PacketCounters.FirstOrDefault());
        // Tables of the IOMMU stay, which are not the card's: one of contexts, one of domains.
        Assert.Equal(2, left.Sum());
    }

    private ExokernelRefusal Bind(
        int thief, int of, long page, Guard? guardOff = null, int slot = 0, int size = 8)
    {
        var refusal = default(ExokernelRefusal?);
        async EmulatedTask Try(TestEnvironment environment)
        {
            if (environment.Number != thief)
                return;
            await MapPage(environment);
            var result = await environment.Call(CallOf(of, page, slot, size));
            refusal = result.Refusal;
        }

        Guard[] off = guardOff is null ? [] : [guardOff.Value];
        using var scene = new ExokernelScene(off) { Network = network };
        scene.With("victim", Try).With("thief", Try).Start().Run(3);
        return refusal ?? throw new InvalidOperationException("no answer");
    }

    private ExokernelRefusal Send(
        ulong mac, uint ip, ulong? buffer = null, int tail = 1, Guard? guardsOff = null)
    {
        var refusal = default(ExokernelRefusal?);
        Machine? machine = null;
        async EmulatedTask Try(TestEnvironment environment)
        {
            var physical = Frame.AddressOf(await MapPage(environment));
            var bound = await environment.Call(CallOf(0, Page, 0, 8));
            Assert.Equal(ExokernelRefusal.None, bound.Refusal);
            var memory = machine!.Memory;
            var frame = new byte[EthernetLimits.MaximumFrameBytes];
            var length = FrameBuilder.Udp(
                frame,
                new UdpEndpoints(
                    new Ipv4Endpoints(
                        new MacAddress(mac), new MacAddress(FirstMac + 9), new Ipv4Address(ip),
                        new Ipv4Address(FirstIp + 9)),
                    Port, Port),
                new byte[18]);
            Assert.Equal(FrameBytes, length);
            memory.Write(physical + FrameOffset, frame.AsSpan(0, length));
            var descriptor = new byte[ReceiveDescriptor.LengthBytes];
            new TransmitDescriptor(
                buffer ?? (ulong)Frame.AddressOf(Page) + FrameOffset, (ushort)length,
                TransmitCommand.EndOfPacket | TransmitCommand.ReportStatus,
                (uint)length).Write(descriptor);
            memory.Write(physical + (8 * ReceiveDescriptor.LengthBytes), descriptor);
            refusal = (await environment.Call(new KernelCall.Transmit(tail))).Refusal;
        }

        Guard[] off = guardsOff is null ? [] : [guardsOff.Value];
        using var scene = new ExokernelScene(off) { Network = network };
        machine = scene.Machine;
        scene.With("sender", Try).Start().Run(3);
        return refusal ?? throw new InvalidOperationException("no answer");
    }

    private static KernelCall.BindPackets CallOf(int of, long page, int slot, int size)
    {
        var ring = (ulong)Frame.AddressOf(page);
        return new KernelCall.BindPackets(
            slot, FirstMac + (ulong)of, FirstIp + (uint)of, Port, 0,
            new PacketRingPlace(
                ring, size, ring + (8 * ReceiveDescriptor.LengthBytes), size));
    }

    private static async EmulatedTask<long> MapPage(TestEnvironment environment)
    {
        var frame = await environment.TakeFrame();
        var mapped = await environment.Call(
            new KernelCall.MapPages(Page, frame, 1, IsWritable: true));
        Assert.Equal(ExokernelRefusal.None, mapped.Refusal);
        return frame;
    }
}
