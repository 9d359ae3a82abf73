using Disguise.Actors.Dispatch;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Tests.Worlds;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>
/// Frames from a station, right and wrong, through a switch to a machine whose tenants are
/// libraries and, beside them, enemies that write at random to all that they hold.
/// </summary>
internal sealed class FuzzRun : IDisposable
{
    private const int LibraryCount = 3;
    private const int TenantCount = 6;
    private const int FuzzStation = 1;
    private const int ProbeStation = 2;

    private readonly FrameSource source;
    private readonly IslandActorRef sourceRef;
    private readonly Listener probe;

    public FuzzRun(FuzzOptions options)
    {
        var random = new DeterministicRandom(options.Seed);
        World = new TenantWorld(new WorldSettings
        {
            Seed = options.Seed,
            Cores = 6,
            Model = options.Model,
            Kernel = new ArrakisOptions
            {
                VirtualFunctions = options.SoftwareCards > 0 ? 2 : 8,
                SoftwareCards = options.SoftwareCards,
                WhenFunctionsRunOut = options.SoftwareCards > 0
                    ? WhenFunctionsRunOut.Emulate : WhenFunctionsRunOut.Refuse,
                SlicePs = 50 * Picoseconds.PerMicrosecond,
            },
        });
        AddTenants(options, random);
        World.Start();
        var fuzzer = new FrameFuzzer(random.Fork("frames"), TenantCount, FuzzStation);
        FrameSource? made = null;
        sourceRef = World.Station(
            (link, _) => made = new FrameSource(
                link, fuzzer, random.Fork("bursts"), options.Frames, options.MeanPs),
            new LinkOptions
            {
                QueueBytes = 16 << 10,
                Loss = Share.Of(0.001m),
                Corruption = Share.Of(0.001m),
                Reordering = Share.Of(0.001m),
            });
        source = made!;
        Listener? listener = null;
        World.Station((link, _) => listener = new Listener(link, 0));
        probe = listener!;
        Fuzzer = fuzzer;
    }

    public TenantWorld World { get; }

    public FrameFuzzer Fuzzer { get; }

    /// <summary>Sends all frames, and looks at the counters while they are under way.</summary>
    public void Run()
    {
        World.Run(Picoseconds.PerMillisecond);
        World.Tell(sourceRef, FrameSource.Due.Instance, Picoseconds.PerMillisecond);
        var untilPs = Picoseconds.PerMillisecond;
        var target = source.SentCount;
        do
        {
            target = source.SentCount;
            untilPs += 5 * Picoseconds.PerMillisecond;
            World.Run(untilPs);
            WorldCounters.Check(World, isAtRest: false);
        }
        while (source.SentCount > target);

        NowPs = untilPs;
    }

    public long NowPs { get; private set; }

    /// <summary>The enemies end, and what is under way comes to rest.</summary>
    public void Drain()
    {
        for (var tenant = LibraryCount; tenant < World.Containers.Count; tenant++)
        {
            World.Tell(
                World.Containers[tenant],
                new Kernels.Arrakis.Containers.ContainerProtocol.Stop(), NowPs);
        }

        NowPs += 5 * Picoseconds.PerMillisecond;
        World.Run(NowPs);
    }

    /// <summary>Asks every library for an echo; gives the number of those that answer.</summary>
    public long CountServing()
    {
        var before = probe.Count;
        Span<byte> room = stackalloc byte[200];
        World.NetworkIsland.Enter();
        for (var tenant = 0; tenant < LibraryCount; tenant++)
        {
            var hosts = new Ipv4Endpoints(
                TenantWorld.StationMacOf(ProbeStation), TenantWorld.MacOf(tenant),
                TenantWorld.StationIpOf(ProbeStation), TenantWorld.IpOf(tenant));
            var length = FrameBuilder.Udp(
                room, new UdpEndpoints(hosts, 1_000, 7), new byte[32]);
            World.NetworkIsland.Schedule(
                NowPs, probe.Link, NetworkProtocol.Transmit.Instance, null,
                World.NetworkIsland.Frames.Take(room[..length]));
        }

        NowPs += 5 * Picoseconds.PerMillisecond;
        World.Run(NowPs);
        return probe.Count - before;
    }

    public void Dispose() => World.Dispose();

    private void AddTenants(FuzzOptions options, DeterministicRandom random)
    {
        var echo = new UdpEcho(7, 0);
        World
            .Library(
                "library(0)", new TenantSettings { Application = echo }, CorePlacement.Own)
            .Library(
                "library(1)",
                new TenantSettings
                {
                    Application = echo,
                    Interface = TenantInterface.Posix,
                    ReceiveRingSize = 64,
                },
                CorePlacement.Own)
            .Library(
                "library(2)",
                new TenantSettings { Application = echo, Wait = WaitPolicy.Doorbell },
                CorePlacement.Shared)
            .Hostile(
                "evil(0)",
                HostilePrograms.Everything(random.Fork("own"), 5 * Picoseconds.PerMicrosecond),
                CorePlacement.Own)
            .Hostile(
                "evil(1)",
                HostilePrograms.Everything(
                    random.Fork("shared"), 10 * Picoseconds.PerMicrosecond),
                CorePlacement.Shared)
            .Hostile(
                "evil(2)",
                HostilePrograms.Crash(
                    random.Fork("crash"), options.Frames * options.MeanPs / 2),
                CorePlacement.Shared);
    }
}
