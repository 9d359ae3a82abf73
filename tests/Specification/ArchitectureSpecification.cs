using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;
using Xunit;

namespace Disguise.Specification;

/// <summary>
/// What holds for every architecture, whatever its kernel: it delivers, isolates, paces, refuses
/// with a reason, survives its tenants and accounts for all time, frames and memory. Derive a
/// class, say which architecture, and run it with xunit. Everything happens in virtual time in a
/// small world that the specification makes itself: one machine, a switch, stations.
/// </summary>
/// <remarks>
/// A clause that makes no sense for an architecture is switched off by
/// <see cref="Clauses.NotApplicableAttribute"/> on the derived class, and shown as skipped.
/// </remarks>
public abstract partial class ArchitectureSpecification
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const long Ms = Picoseconds.PerMillisecond;

    /// <summary>The architecture that is held against the specification.</summary>
    protected abstract IArchitecture Architecture { get; }

    /// <summary>Interface of the tenants' applications.</summary>
    protected virtual TenantInterface Interface => Architecture.Interfaces[0];

    /// <summary>How the tenants' libraries wait.</summary>
    protected virtual WaitPolicy Wait => WaitPolicy.Poll;

    /// <summary>Platform that gives the hardware's costs and its card.</summary>
    protected virtual string Platform => "xeon-e5-2430-x520";

    /// <summary>Profile that gives the software's costs.</summary>
    protected virtual string Profile => "extaris";

    /// <summary>
    /// Guards of the machine that check. All but one, to see a clause fail that relies on it.
    /// </summary>
    protected virtual Guards MachineGuards => Guards.All;

    /// <summary>
    /// An echo on port 7 that first makes a call with a pointer that is not its own, in a way
    /// that only this architecture has, and ends its service if that call did anything else than
    /// refuse. Null where no call takes a pointer; then say so of the clause.
    /// </summary>
    protected virtual IApplication? CallWithBadPointer => null;

    private static PlannedTenant Echo(string name, long workPs = 0) =>
        new(name, new UdpEcho(SpecificationWorld.Port, workPs));

    private WorldPlan PlanOf(params IReadOnlyList<PlannedTenant> tenants) => new()
    {
        Architecture = Architecture,
        Platform = Platform,
        Profile = Profile,
        Interface = Interface,
        Wait = Wait,
        Guards = MachineGuards,
        Tenants = tenants,
    };

    private static SpecificationWorld Serving(WorldPlan plan)
    {
        var world = new SpecificationWorld(plan);
        Assert.Empty(world.Failed);
        Assert.Equal(plan.Tenants.Count, world.Ready.Count);
        return world;
    }

    /// <summary>Requests of a station at even times, each with other bytes.</summary>
    private static IEnumerable<Request> Series(
        SpecificationWorld world, int station, int tenant, int count, long intervalPs,
        int payloadBytes, long fromPs = 0)
    {
        for (var number = 0; number < count; number++)
        {
            var payload = new byte[payloadBytes];
            for (var place = 0; place < payloadBytes; place++)
                payload[place] = (byte)((number * 31) + (station * 17) + (place * 7));
            yield return new Request(
                world.StartPs + Us + fromPs + (number * intervalPs),
                SpecificationWorld.Between(station, tenant), payload);
        }
    }

    /// <summary>Frames that an echo answers with: each once, in order, byte for byte.</summary>
    private static void AssertAnswered(Station station)
    {
        Assert.NotEmpty(station.Requests);
        Assert.Equal(
            station.Requests.Select(request => Convert.ToHexString(request.Answer)),
            station.Arrivals.Select(arrival => Convert.ToHexString(arrival.Frame)));
    }

    private static IReadOnlyList<long> LatenciesOf(Station station) =>
    [
        .. station.Arrivals.Select((arrival, index) =>
            arrival.AtPs - station.Requests[index].AtPs),
    ];
}
