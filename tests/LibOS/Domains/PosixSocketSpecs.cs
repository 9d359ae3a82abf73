using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Network;
using Disguise.LibOS.Posix;

namespace Disguise.LibOS.Tests.Domains;

public class PosixSocketSpecs
{
    private const long Ms = Picoseconds.PerMillisecond;
    private static readonly TenantSettings Settings = new()
    {
        Application = new UdpEcho(7, 0),
        Interface = TenantInterface.Posix,
    };

    [Fact]
    public void Datagrams_for_another_socket_wait_in_its_queue_and_keep_their_order()
    {
        var program = new Program(async (sockets, buffer, log) =>
        {
            var (first, second) = (sockets.Socket(), sockets.Socket());
            sockets.Bind(first, 7);
            sockets.Bind(second, 8);
            await sockets.ReceiveFrom(first, buffer, 100);
            log.Add($"first {sockets.ReceivedBytes}");
            for (var count = 0; count < 3; count++)
            {
                await sockets.ReceiveFrom(second, buffer, 100);
                log.Add($"second {sockets.ReceivedBytes} from {sockets.Peer.Port}");
            }
        });
        using var scene = program.Scene();
        scene.Run(Ms);
        Send(scene, 8, 10);
        Send(scene, 8, 20);
        Send(scene, 8, 200);
        Send(scene, 7, 30);
        scene.Run(2 * Ms);
        Assert.Equal(
            ["first 30", "second 10 from 999", "second 20 from 999", "second 100 from 999"],
            program.Log);
    }

    [Fact]
    public void A_full_queue_drops_what_comes_and_counts_it()
    {
        var program = new Program(async (sockets, buffer, log) =>
        {
            var (first, second) = (sockets.Socket(), sockets.Socket());
            sockets.Bind(first, 7);
            sockets.Bind(second, 8);
            await sockets.ReceiveFrom(first, buffer, 100);
            log.Add($"dropped {sockets.Counters.DroppedFor(PosixDrops.SocketQueueFull)}");
            for (var count = 0; count < PosixSockets.QueueLimit; count++)
                await sockets.ReceiveFrom(second, buffer, 100);
            log.Add("drained");
        });
        using var scene = program.Scene();
        scene.Run(Ms);
        for (var count = 0; count < PosixSockets.QueueLimit + 3; count++)
            Send(scene, 8, 10, afterPs: count * Picoseconds.PerMicrosecond);
        Send(scene, 7, 10, afterPs: 100 * Picoseconds.PerMicrosecond);
        scene.Run(2 * Ms);
        Assert.Equal(["dropped 3", "drained"], program.Log);
    }

    [Fact]
    public void Sending_to_an_unknown_neighbour_asks_for_it_and_succeeds_when_it_has_answered()
    {
        var program = new Program(async (sockets, buffer, log) =>
        {
            var socket = sockets.Socket();
            log.Add($"bind {sockets.Bind(socket, 0)} {sockets.PortOf(socket)}");
            var peer = new UdpPeer(DomainScene.ClientIp, 9);
            log.Add($"sent {await sockets.SendTo(socket, buffer, 50, peer)}");
            // The client has no such service: what comes back is its unreachable message only.
            log.Add($"sent {await sockets.SendTo(socket, buffer, 2_000, peer)}");
            await sockets.ReceiveFrom(socket, buffer, 100);
            log.Add($"sent {await sockets.SendTo(socket, buffer, 50, peer)}");
        });
        using var scene = program.Scene();
        scene.Run(Ms);
        Assert.Equal(
            [$"bind {BindResult.Bound} {UdpPortTable.FirstEphemeralPort}", "sent False",
                "sent False"],
            program.Log);
        Send(scene, UdpPortTable.FirstEphemeralPort, 10);
        scene.Run(2 * Ms);
        Assert.Equal("sent True", program.Log[^1]);
        Assert.Equal(1, scene.Client.Frames.DroppedFor(StackDrops.NoPort));
    }

    [Fact]
    public void A_port_in_use_is_refused_to_a_second_socket()
    {
        var program = new Program((sockets, _, log) =>
        {
            log.Add($"{sockets.Bind(sockets.Socket(), 7)} {sockets.Bind(sockets.Socket(), 7)}");
            for (var count = 2; count < PosixSockets.SocketLimit; count++)
                sockets.Socket();
            log.Add($"{sockets.Socket()}");
            return EmulatedTask.Completed;
        });
        using var scene = program.Scene();
        scene.Run(Ms);
        Assert.Equal(["Bound PortInUse", "-1"], program.Log);
    }

    private static void Send(DomainScene scene, int port, int payloadBytes, long afterPs = 0)
    {
        var room = new byte[EthernetLimits.MaximumFrameBytes];
        var hosts = new Ipv4Endpoints(
            DomainScene.ClientMac, DomainScene.MacOf(0), DomainScene.ClientIp,
            DomainScene.IpOf(0));
        var length = FrameBuilder.Udp(
            room, new UdpEndpoints(hosts, 999, (ushort)port), new byte[payloadBytes]);
        scene.UpLink.Island.Enter();
        scene.Tell(
            scene.UpLink, NetworkProtocol.Transmit.Instance, Ms + 1 + afterPs,
            scene.UpLink.Island.Frames.Take(room[..length]));
    }

    /// <summary>A program on bare sockets that writes down what it sees.</summary>
    private sealed class Program(Func<PosixSockets, ulong, List<string>, EmulatedTask> run)
        : IApplication
    {
        public List<string> Log { get; } = [];

        public ushort ServicePort => 0;

        public DomainScene Scene() => new(Settings with { Application = this });

        public EmulatedTask Run(ApplicationHost host) => run(
            ((PosixDatagramSocket)host.Socket).Sockets,
            (ulong)Frame.AddressOf(Settings.ApplicationPage), Log);
    }
}
