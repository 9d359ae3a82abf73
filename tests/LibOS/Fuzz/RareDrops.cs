using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.PacketFilters;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Tests.Attacks;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>Scenes in which frames are dropped for reasons that chance seldom finds. Each gives
/// the names of the reasons that occurred in it.</summary>
internal static class RareDrops
{
    private const int Station = 1;
    private const long BurstPs = Picoseconds.PerMillisecond;
    private const long EndPs = 20 * Picoseconds.PerMillisecond;

    private static readonly TenantSettings Echo =
        new() { Application = new UdpEcho(7, 0) };

    public static IEnumerable<Func<IEnumerable<string>>> All { get; } =
    [
        SwitchWithOnePort, LinkDown, LinkQueueFull, ReceiveBufferFull, FunctionDisabled,
        ReceiveRate, NoRoomForAnswer, SocketQueueFull,
    ];

    private static IEnumerable<string> SwitchWithOnePort()
    {
        using var world = new TenantWorld(new WorldSettings())
            .Hostile("evil", SendToNobody, CorePlacement.Own).Start();
        return RunAtRest(world);
    }

    private static IEnumerable<string> LinkDown()
    {
        using var world = new TenantWorld(new WorldSettings())
            .Library("echo", Echo, CorePlacement.Own).Start();
        var listener = AddListener(world);
        world.Tell(listener.Link, new LinkProtocol.SetDown(BurstPs + 1), BurstPs - 1);
        Burst(world, listener, 1, 64);
        return RunAtRest(world);
    }

    private static IEnumerable<string> LinkQueueFull()
    {
        using var world = new TenantWorld(new WorldSettings())
            .Library("echo", Echo, CorePlacement.Own).Start();
        Burst(world, AddListener(world), 400, 1_400);
        return RunAtRest(world);
    }

    /// <summary>PCI Express that is slower than the wire.</summary>
    private static IEnumerable<string> ReceiveBufferFull()
    {
        using var world = new TenantWorld(new WorldSettings
        {
            DmaBytePs = 2_000,
            ReceiveBufferBytes = 16 << 10,
        }).Library("echo", Echo, CorePlacement.Own).Start();
        Burst(world, AddListener(world), 100, 1_400);
        return RunAtRest(world);
    }

    /// <summary>VF Enable is cleared while frames are on their way to a function.</summary>
    private static IEnumerable<string> FunctionDisabled()
    {
        using var world = new TenantWorld(new WorldSettings { DmaBytePs = 2_000 })
            .Library("echo", Echo, CorePlacement.Own).Start();
        Burst(world, AddListener(world), 100, 1_400);
        const int Control = 8;
        world.Tell(
            world.Card.PhysicalFunction,
            new PhysicalFunctionProtocol.WriteConfiguration(
                world.Card.PhysicalFunctionId, world.Card.SrIovCapabilityOffset + Control, 2, 0),
            BurstPs + (60 * Picoseconds.PerMicrosecond));
        return RunAtRest(world);
    }

    private static IEnumerable<string> ReceiveRate()
    {
        using var world = new TenantWorld(new WorldSettings())
            .Hostile("slow", ReceiveSlowly, CorePlacement.Own).Start();
        Burst(world, AddListener(world), 100, 1_400);
        return RunAtRest(world);
    }

    /// <summary>Questions come faster than answers may leave.</summary>
    private static IEnumerable<string> NoRoomForAnswer()
    {
        using var world = new TenantWorld(new WorldSettings())
            .Library(
                "echo", Echo with { RateLimitBitsPerSecond = 10_000_000 }, CorePlacement.Own)
            .Start();
        var listener = AddListener(world);
        for (var number = 0; number < 100; number++)
        {
            var bytes = new byte[1_600];
            var length = FrameBuilder.IcmpEcho(
                bytes, Hosts(), 1, (ushort)number, new byte[1_000]);
            Send(world, listener, bytes[..length], BurstPs + (number * 3_000_000L));
        }

        return RunAtRest(world, 300 * Picoseconds.PerMillisecond);
    }

    private static IEnumerable<string> SocketQueueFull()
    {
        TenantWorld? world = null;
        var settings = Echo with { Interface = TenantInterface.Posix };
        var program = new TwoPorts(
            () => world!.Libraries.Single().Network!,
            (ulong)Frame.AddressOf(settings.ApplicationPage));
        world = new TenantWorld(new WorldSettings());
        using (world)
        {
            world.Library("echo", settings with { Application = program }, CorePlacement.Own)
                .Start();
            var listener = AddListener(world);
            for (var number = 0; number < 40; number++)
            {
                Send(
                    world, listener, Datagram(TwoPorts.Unread, 64),
                    BurstPs + (number * 5_000_000L));
            }

            var drops = RunAtRest(world);
            var counters = program.Sockets!.Counters;
            Assert.Equal(0, counters.Inside);
            return [.. drops, .. counters.DroppedByReason().Select(one => one.Reason.Name)];
        }
    }

    private static async EmulatedTask SendToNobody(HostileDomain domain)
    {
        await domain.SetUp();
        await domain.AllowOwnAddress();
        await domain.StartRings();
        var frame = AttackScene.FrameToAccomplice(0, 0);
        domain.TryStore(domain.Buffer(0), frame);
        domain.PostTransmit(0, domain.Buffer(0), frame.Length);
        await domain.Register(FunctionRegisters.Transmit(0, FunctionRegisters.Tail), 1);
    }

    private static async EmulatedTask ReceiveSlowly(HostileDomain domain)
    {
        await domain.SetUp();
        await domain.StartRings();
        await domain.Call(new Command.SetRate(
            default, domain.Card, 0, FilterDirection.Receive, 10_000_000));
        for (var index = 0; index < HostileDomain.RingSize - 1; index++)
            domain.PostReceive(index, domain.Buffer(index % 40));
        await domain.Register(
            FunctionRegisters.Receive(0, FunctionRegisters.Tail), HostileDomain.RingSize - 1);
    }

    private static IEnumerable<string> RunAtRest(TenantWorld world, long untilPs = EndPs)
    {
        world.Run(untilPs);
        WorldCounters.Check(world, isAtRest: true);
        return [.. WorldCounters.DropsOf(world)];
    }

    private static Listener AddListener(TenantWorld world)
    {
        Listener? made = null;
        world.Station((link, _) => made = new Listener(link));
        return made!;
    }

    private static void Burst(TenantWorld world, Listener from, int frames, int payloadBytes)
    {
        for (var number = 0; number < frames; number++)
            Send(world, from, Datagram(7, payloadBytes), BurstPs);
    }

    private static void Send(TenantWorld world, Listener from, byte[] frame, long atPs) =>
        world.Tell(
            from.Link, NetworkProtocol.Transmit.Instance, atPs,
            world.NetworkIsland.Frames.Take(frame));

    private static byte[] Datagram(ushort port, int payloadBytes)
    {
        var bytes = new byte[1_600];
        return bytes[..FrameBuilder.Udp(
            bytes, new UdpEndpoints(Hosts(), 1_000, port), new byte[payloadBytes])];
    }

    private static Ipv4Endpoints Hosts() => new(
        TenantWorld.StationMacOf(Station), TenantWorld.MacOf(0),
        TenantWorld.StationIpOf(Station), TenantWorld.IpOf(0));
}
