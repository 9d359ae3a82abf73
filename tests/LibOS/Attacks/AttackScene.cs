using Disguise.Actors.Dispatch;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.LibOS.Clients;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Attacks;

/// <summary>
/// A victim with a secret in its memory that echoes for a client, a hostile tenant beside it on
/// the same machine, and the hostile tenant's accomplice on the network.
/// </summary>
internal sealed class AttackScene : ILatencySink, IDisposable
{
    public const int Victim = 0;
    public const int Attacker = 1;
    public const int Client = 1;
    public const int Accomplice = 2;

    /// <summary>The tenants are set up then, and the client has begun.</summary>
    public const long AttackPs = 1_500 * Picoseconds.PerMicrosecond;

    private const long EndPs = 3 * Picoseconds.PerMillisecond;
    private const long LoadPs = Picoseconds.PerMillisecond;
    private const long IntervalPs = 20 * Picoseconds.PerMicrosecond;

    private readonly Listener accomplice;
    private readonly IslandActorRef client;

    public AttackScene(Guards guards, TenantWorld.Program? attack, NicModel? model = null)
    {
        Secret = [.. Enumerable.Range(0, 64).Select(index => (byte)(0xA5 ^ (index * 7)))];
        World = new TenantWorld(new WorldSettings
        {
            Guards = guards,
            Model = model ?? NicModel.Ideal,
        });
        var settings = new TenantSettings
        {
            Application = new SecretEcho(() => VictimDomain.Network!.Memory, SecretAddress, Secret),
            Interface = TenantInterface.Posix,
        };
        World.Library("victim", settings, CorePlacement.Own);
        if (attack is not null)
            World.Hostile("evil", attack, CorePlacement.Own);
        World.Start();
        var load = new UdpLoadSettings
        {
            ClientCount = 1,
            Targets =
            [
                new TargetEndpoint(
                    TenantWorld.MacOf(Victim), TenantWorld.IpOf(Victim), SecretEcho.Port),
            ],
            PayloadBytes = 256,
            GroupIntervalPs = IntervalPs,
            EvenArrivals = true,
            TimeoutPs = 200 * Picoseconds.PerMicrosecond,
            Latencies = this,
        };
        client = World.Station((link, number) => Load = new UdpLoadClient(
            load,
            new ClientStation
            {
                Address = "load",
                Number = 0,
                Mac = TenantWorld.StationMacOf(number),
                Ip = TenantWorld.StationIpOf(number),
                Link = link,
            },
            new RequestBuilder(load.PayloadBytes)));
        Listener? listener = null;
        World.Station((link, _) => listener = new Listener(link));
        accomplice = listener!;
    }

    public TenantWorld World { get; }

    public UdpLoadClient Load { get; private set; } = null!;

    public byte[] Secret { get; }

    public List<long> LatenciesPs { get; } = [];

    public HostileDomain Evil => World.Hostiles.Single();

    public IReadOnlyList<byte[]> FramesToAccomplice => accomplice.Frames;

    /// <summary>What the attacker's and the victim's functions have counted.</summary>
    public FunctionStatistics? EvilStatistics => StatisticsOf(Attacker);

    public FunctionStatistics? VictimStatistics => StatisticsOf(Victim);

    /// <summary>Where the secret is. An attacker may find out by guessing.</summary>
    public long SecretFrameAddress
    {
        get
        {
            Assert.True(VictimDomain.CpuContext.Mmu.TryTranslate(
                SecretAddress, Access.Read, out var found, out _));
            return found.PhysicalAddress;
        }
    }

    public bool IsSecretChanged
    {
        get
        {
            var bytes = new byte[Secret.Length];
            World.Machine.Memory.Read(SecretFrameAddress, bytes);
            return !bytes.AsSpan().SequenceEqual(Secret);
        }
    }

    /// <summary>Whether the attacker or its accomplice has the secret.</summary>
    public bool IsSecretKnown => Evil.Loot.Concat(accomplice.Frames)
        .Any(bytes => bytes.AsSpan().IndexOf(Secret) >= 0);

    /// <summary>Whether the victim still has its card.</summary>
    public bool HasVictimCard => FunctionOf(Victim) >= 0;

    public ContainerId VictimContainer => World.Kernel.ControlPlane.Containers().First();

    public static ulong SecretAddress =>
        (ulong)Frame.AddressOf(new TenantSettings
        {
            Application = null!,
            Interface = TenantInterface.Posix,
        }.ApplicationPage) + 3_072;

    private ProtectionDomainActor VictimDomain => World.Libraries.Single();

    public long Refused(RefusalReason reason) => World.Kernel.Refusals[reason];

    /// <summary>The accomplice sends the attacker a frame, between two of the client's.</summary>
    public void SendToAttacker(long atPs)
    {
        var bytes = new byte[1_600];
        var hosts = new Ipv4Endpoints(
            TenantWorld.StationMacOf(Accomplice), TenantWorld.MacOf(Attacker),
            TenantWorld.StationIpOf(Accomplice), TenantWorld.IpOf(Attacker));
        var length = FrameBuilder.Udp(bytes, new UdpEndpoints(hosts, 9, 9), new byte[200]);
        var gapPs = atPs - (atPs % IntervalPs) + (IntervalPs / 2);
        World.NetworkIsland.Enter();
        World.NetworkIsland.Schedule(
            gapPs, accomplice.Link, NetworkProtocol.Transmit.Instance, null,
            World.NetworkIsland.Frames.Take(bytes.AsSpan(0, length)));
    }

    /// <summary>A frame from the attacker's place to the accomplice.</summary>
    public static byte[] FrameToAccomplice(
        int sourceMac = Attacker, int sourceIp = Attacker, int payloadBytes = 100)
    {
        var bytes = new byte[1_600];
        var hosts = new Ipv4Endpoints(
            TenantWorld.MacOf(sourceMac), TenantWorld.StationMacOf(Accomplice),
            TenantWorld.IpOf(sourceIp), TenantWorld.StationIpOf(Accomplice));
        var payload = new byte[payloadBytes];
        return bytes[..FrameBuilder.Udp(bytes, new UdpEndpoints(hosts, 7, 9), payload)];
    }

    /// <summary>Runs it with the client's load, or without any.</summary>
    public AttackScene Run(bool hasLoad = true)
    {
        if (hasLoad)
        {
            World.Tell(client, new ClientProtocol.Start(0, EndPs), LoadPs);
            World.Tell(client, ClientProtocol.Stop.Instance, EndPs - (4 * IntervalPs));
        }

        World.Run(EndPs);
        return this;
    }

    public void Dispose() => World.Dispose();

    void ILatencySink.Record(int group, in TimedReply reply) =>
        LatenciesPs.Add(reply.LatencyPs);

    /// <summary>The number of a tenant's virtual function, or -1 when it has none.</summary>
    public int FunctionOf(int tenant)
    {
        for (var number = 0; number < World.Card.VirtualFunctionCount; number++)
        {
            if (World.Card.StateOf(number)!.Mac == TenantWorld.MacOf(tenant))
                return number;
        }

        return -1;
    }

    private FunctionStatistics? StatisticsOf(int tenant) =>
        World.Card.StateOf(FunctionOf(tenant))?.Statistics;
}
