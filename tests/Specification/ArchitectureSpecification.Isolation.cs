using System.Text;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Wire;
using Disguise.Specification.Applications;
using Disguise.Specification.Clauses;
using Disguise.Specification.Worlds;
using Xunit;

namespace Disguise.Specification;

public abstract partial class ArchitectureSpecification
{
    /// <summary>
    /// What tenants share under load on cores of their own is the wire: a frame of the other in
    /// front of one's own, on each of the links and through the card, there and back.
    /// </summary>
    private const long SharedWirePs = Us / 2;

    /// <summary>Pages of a tenant's own space that a spy tries: the lowest 64 MiB.</summary>
    private const int LowPages = 1 << 14;

    /// <summary>A datagram reaches the tenant that it is for, and no other.</summary>
    [Clause]
    public void A_tenant_gets_the_frames_that_are_for_it_and_no_others()
    {
        var left = new Recorder(SpecificationWorld.Port);
        var right = new Recorder(SpecificationWorld.Port);
        using var world = Serving(
            PlanOf(new PlannedTenant("left", left), new PlannedTenant("right", right)));
        var toLeft = SpecificationWorld.Between(0, 0);
        var toRight = SpecificationWorld.Between(0, 1);
        var rightByLeftsMac = toRight with
        {
            Hosts = toRight.Hosts with { DestinationMac = toLeft.Hosts.DestinationMac },
        };
        var nobody = toLeft with
        {
            Hosts = toLeft.Hosts with { DestinationMac = new MacAddress(0x02_00_00_00_0F_0F) },
        };
        UdpEndpoints[] sent = [toLeft, toRight, rightByLeftsMac, nobody, toLeft, toRight];
        world.Stations[0].Plan(sent.Select((endpoints, index) => new Request(
            world.StartPs + Us + (index * 20 * Us), endpoints, new byte[64])));

        world.Run(Ms);

        Assert.Equal([Recorder.Peers(toLeft), Recorder.Peers(toLeft)], left.Seen);
        Assert.Equal([Recorder.Peers(toRight), Recorder.Peers(toRight)], right.Seen);
        Assert.Equal(4, world.Stations[0].Arrivals.Count);
        // The switch floods what is for nobody.
        Assert.Equal(
            [world.Stations[0].Requests[3].Frame],
            world.Stations[1].Arrivals.Select(arrival => arrival.Frame));
    }

    /// <summary>
    /// A tenant that gets more than it can serve, on a core of its own, changes nothing for one
    /// that shares only the wire with it.
    /// </summary>
    [Clause]
    public void A_flood_on_one_tenant_leaves_the_latencies_of_another()
    {
        var quiet = LatenciesBeside(0);
        var flooded = LatenciesBeside(1_000);

        Assert.Equal(quiet.Count, flooded.Count);
        for (var index = 0; index < quiet.Count; index++)
        {
            Assert.InRange(
                flooded[index], quiet[index] - SharedWirePs, quiet[index] + SharedWirePs);
        }
    }

    /// <summary>
    /// No page that the machine lets a tenant read holds what was sent to another: neither at the
    /// addresses of its own space, nor at the physical ones of the secret itself.
    /// </summary>
    [Clause]
    public void A_tenant_cannot_read_the_memory_of_another()
    {
        var secret = Encoding.ASCII.GetBytes("a secret of the other tenant's");
        SpecificationWorld? world = null;
        var places = new List<long>();
        var spy = new Spy(SpecificationWorld.Port, secret, () =>
        {
            places.AddRange(PlacesOf(secret, world!));
            return Enumerable.Range(0, LowPages)
                .Select(page => (ulong)Frame.AddressOf(page))
                .Concat(places.SelectMany(place => DirectMapsOf((ulong)place)));
        });
        using (world = Serving(PlanOf(Echo("victim"), new PlannedTenant("spy", spy))))
        {
            world.Stations[0].Plan(
            [
                new Request(
                    world.StartPs + Us, SpecificationWorld.Between(0, 0), secret),
            ]);
            world.Stations[1].Plan(Series(world, 1, 1, 1, Us, 64, 100 * Us));

            world.Run(20 * Ms);

            AssertAnswered(world.Stations[0]);
            AssertAnswered(world.Stations[1]);
            Assert.NotEmpty(places);
            Assert.NotEqual(0, spy.ReadablePages);
            Assert.NotEqual(0, spy.RefusedPages);
            Assert.Equal(0, spy.FoundPages);
        }
    }

    /// <summary>A tenant sends no faster than its limit, and the others as they did.</summary>
    [Clause]
    public void A_rate_limit_holds_one_tenant_and_no_other()
    {
        const long BitsPerSecond = 100_000_000;
        const int PayloadBytes = 958;
        const long WindowPs = 10 * Ms;
        const int BurstFrames = 16;
        using var world = Serving(PlanOf(
            Echo("limited") with { RateLimitBitsPerSecond = BitsPerSecond }, Echo("free")));
        // 10 us apart: 820 Mb/s with all that a frame has on the wire.
        var count = (int)(WindowPs / (10 * Us));
        world.Stations[0].Plan(Series(world, 0, 0, count, 10 * Us, PayloadBytes));
        world.Stations[1].Plan(Series(world, 1, 1, count, 10 * Us, PayloadBytes, 5 * Us));

        world.Run(WindowPs + Us);
        var sentByLimited = world.Stations[0].Arrivals.Count;
        world.Run(Ms);

        AssertAnswered(world.Stations[1]);
        var frameBits = 8L * EthernetLimits.OnWireBytes(world.Stations[0].Requests[0].Frame.Length);
        var allowed = BitsPerSecond / (Picoseconds.PerSecond / WindowPs) / frameBits;
        Assert.InRange(sentByLimited, allowed * 8 / 10, allowed + BurstFrames);
    }

    private IReadOnlyList<long> LatenciesBeside(int floodCount)
    {
        using var world = Serving(PlanOf(Echo("quiet"), Echo("flooded", workPs: 20 * Us)));
        world.Stations[0].Plan(Series(world, 0, 0, 50, 40 * Us, 64));
        world.Stations[1].Plan(Series(world, 1, 1, floodCount, 2 * Us, 64));
        world.Run(3 * Ms);
        AssertAnswered(world.Stations[0]);
        return LatenciesOf(world.Stations[0]);
    }

    /// <summary>Physical addresses of the pages in which some bytes stand.</summary>
    private static IEnumerable<long> PlacesOf(byte[] bytes, SpecificationWorld world)
    {
        var page = new byte[Frame.SizeBytes];
        for (var at = 0L; at < world.Board.Memory.SizeBytes; at += Frame.SizeBytes)
        {
            world.Board.Memory.Read(at, page);
            if (page.AsSpan().IndexOf(bytes) >= 0)
                yield return at;
        }
    }

    /// <summary>
    /// Where kernels map all of physical memory: one to one, and in the upper half of the
    /// address space (Linux Documentation/arch/x86/x86_64/mm.rst).
    /// </summary>
    private static IEnumerable<ulong> DirectMapsOf(ulong physicalAddress) =>
    [
        physicalAddress, 0xFFFF_8000_0000_0000 + physicalAddress,
        0xFFFF_8880_0000_0000 + physicalAddress, 0xFFFF_FFFF_8000_0000 + physicalAddress,
    ];
}
