using System.Text;
using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Attacks;

/// <summary>
/// A victim with a secret and a hostile tenant on one core of a microkernel's machine, so that the
/// same server threads work for both; a station loads the victim, another is the accomplice.
/// </summary>
internal sealed class MicrokernelScene : IDisposable
{
    public const int Victim = 0;
    public const int Attacker = 1;
    public const int Accomplice = 1;

    private const int RequestCount = 20;
    private const long IntervalPs = 40 * Picoseconds.PerMicrosecond;

    public MicrokernelScene(
        Guards guards, Func<HostileEcho, MicrokernelScene, EmulatedTask> attack)
    {
        Keeper = new Keeper(SpecificationWorld.Port, Secret);
        Evil = new HostileEcho(SpecificationWorld.Port, evil => attack(evil, this));
        var core = new CorePlacement(CorePlacementKind.Pinned, 0);
        World = new SpecificationWorld(new WorldPlan
        {
            Architecture = Architectures.Of("microkernel"),
            Platform = "xeon-e5-2430-x520",
            Profile = "extaris",
            Interface = TenantInterface.Posix,
            Wait = WaitPolicy.Doorbell,
            Guards = guards,
            Tenants =
            [
                new PlannedTenant("victim", Keeper) { Placement = core },
                new PlannedTenant("evil", Evil) { Placement = core },
            ],
        });
        Assert.Equal(2, World.Ready.Count);
        World.Stations[0].Plan(Enumerable.Range(0, RequestCount).Select(number => new Request(
            World.StartPs + ((number + 1) * IntervalPs),
            SpecificationWorld.Between(0, Victim), Secret)));
        World.Stations[1].Plan(Enumerable.Range(0, 3).Select(number => new Request(
            World.StartPs + (((number * 4) + 5) * IntervalPs) + (IntervalPs / 2),
            SpecificationWorld.Between(1, Attacker), new byte[64])));
        World.Run(3 * Picoseconds.PerMillisecond);
    }

    public static byte[] Secret { get; } =
        Encoding.ASCII.GetBytes("what the victim alone may know");

    public SpecificationWorld World { get; }

    public Keeper Keeper { get; }

    public HostileEcho Evil { get; }

    public Nucleus Nucleus => ((MicrokernelView)World.Kernel).Nucleus;

    public Station Client => World.Stations[0];

    /// <summary>Frames of the victim's address that carry some bytes.</summary>
    public int FramesOfVictimWith(byte[] payload) => World.Stations
        .SelectMany(station => station.Arrivals)
        .Count(arrival => arrival.Frame.AsSpan(6, 6).SequenceEqual(
                Client.Requests[0].Frame.AsSpan(0, 6))
            && arrival.Frame.AsSpan().IndexOf(payload) >= 0);

    /// <summary>Whether the attacker or its accomplice has the secret.</summary>
    public bool IsSecretKnown =>
        Evil.Loot.Concat(World.Stations[Accomplice].Arrivals.Select(arrival => arrival.Frame))
            .Any(bytes => bytes.AsSpan().IndexOf(Secret) >= 0);

    /// <summary>Where the victim keeps its secret; an attacker may find out by guessing.</summary>
    public ulong SecretPhysicalAddress
    {
        get
        {
            var page = new byte[Frame.SizeBytes];
            for (var at = 0L; at < World.Board.Memory.SizeBytes; at += Frame.SizeBytes)
            {
                World.Board.Memory.Read(at, page);
                if (page.AsSpan(3_072).StartsWith(Secret))
                    return (ulong)at + 3_072;
            }

            return 0;
        }
    }

    /// <summary>The victim's capability to its server, as the kernel has it.</summary>
    public Capability VictimsLink => Nucleus.Capabilities.Single(
        capability => capability.Slot == Keeper.Leaked.Slot);

    /// <summary>Whether every request of the victim's client was answered once.</summary>
    public bool IsVictimServed => Client.Arrivals.Select(arrival => arrival.Frame)
        .SequenceEqual(
            Client.Requests.Select(request => request.Answer), new BytesComparer());

    public long Refused(KernelResult reason) => Nucleus.RefusedMessageCount(reason);

    public void Dispose() => World.Dispose();

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) =>
            left.AsSpan().SequenceEqual(right);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
