using Disguise.Actors.Dispatch;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Host.Recording;
using Disguise.Host.Verbs;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Microkernel;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Sketch;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>Architectures with one thing wrong each.</summary>
internal static class BrokenOnes
{
    private const long Us = Picoseconds.PerMicrosecond;

    private static IArchitecture Sound => new SketchArchitecture();

    private static IArchitecture Monolithic => Composition.Architectures.Of("monolithic");

    public static Twin ForgetsEachTenthReply() => Meddling(host =>
    {
        var count = 0;
        return new MeddlingSocket(host.Socket) { Forgets = () => ++count % 10 == 0 };
    });

    public static Twin LosesWhatHadToWait() => Meddling(host =>
    {
        var repliedPs = 0L;
        return new MeddlingSocket(host.Socket)
        {
            Forgets = () =>
            {
                var hasWaited = host.Memory.ClockPs - repliedPs < 3 * Us;
                repliedPs = host.Memory.ClockPs;
                return hasWaited;
            },
        };
    });

    public static Twin BindsAnything() => Meddling(host =>
        new MeddlingSocket(host.Socket) { BindsAnything = true });

    public static Twin SurvivesItsFaults() => Meddling(
        host => new MeddlingSocket(host.Socket), survives: true);

    public static Twin ChargesTwice() => Paying((plan, host) =>
        host.Memory.ClockPs - plan.Board.Island.NowPs);

    public static Twin RemembersItsRuns()
    {
        var seen = new HashSet<Machine>(ReferenceEqualityComparer.Instance);
        return Paying((plan, _) =>
        {
            seen.Add(plan.Board);
            return seen.Count * Us;
        });
    }

    public static Twin MistakesOneTenantForTheOther() => Misreading(plan =>
        BrokenArchitecture.Tenants(plan, tenant =>
        {
            var other = plan.Tenants.First(one => one.Address != tenant.Address);
            return tenant with { Mac = other.Mac, Ip = other.Ip };
        }));

    public static Twin KnowsNoRates() => Misreading(plan => BrokenArchitecture.Tenants(
        plan, tenant => tenant with
        {
            Settings = tenant.Settings with { RateLimitBitsPerSecond = 0 },
        }));

    public static Twin RefusesWithoutReason() => Misreading(plan =>
        plan with { Readiness = new WithoutReason(plan.Readiness) });

    public static Twin TakesTwice() => Misreading(plan =>
        plan with { Observer = new AlwaysTaking(plan.Observer) });

    public static Twin PutsAllOnOneCore() => new(new BrokenArchitecture(Monolithic)
    {
        Misread = plan => BrokenArchitecture.Tenants(plan, tenant => tenant with
        {
            Placement = new CorePlacement(CorePlacementKind.Pinned),
        }),
    });

    public static Twin WithoutPageProtection() => new(Sound)
    {
        Off = MemoryGuards.PageProtection,
    };

    public static Twin BelievesPointers() => new(Monolithic)
    {
        Off = MemoryGuards.PageProtection,
        Call = new BadPointerEcho(7),
    };

    public static Twin ArrakisObeysTenants() => Ordering(
        "arrakis", Kernels.Arrakis.KernelGuards.Orders,
        order => new ContainerProtocol.RevokeNetwork(order.Target));

    public static Twin ExokernelObeysTenants() => Ordering(
        "exokernel", EnvironmentGuards.Orders, order => new ExokernelProtocol.Revoke(order));

    public static Twin MicrokernelObeysTenants() => Ordering(
        "microkernel", Kernels.Microkernel.KernelGuards.Orders,
        order => new NucleusProtocol.RevokeNetwork(order.Target));

    public static Twin MapsTheKernelsFrame() => new(new ForeignFrame());

    public static Twin KeepsWhatTheDeadHad() => Showing((_, view) =>
    {
        var most = 0L;
        return new BrokenView(view) { Frames = frames => most = Math.Max(most, frames) };
    });

    public static Twin SaysThatItRevoked() => Showing((plan, view) => new BrokenView(view)
    {
        Revocation = order =>
        {
            plan.Observer.Revoked(RevocationReport.OfNetwork(
                order.Target, order.AtPs, order.AtPs, taken: 1));
            return true;
        },
    });

    public static Twin CountsTheKernelTwice() => Showing((plan, view) =>
        new BrokenView(view) { MoreAccounts = [plan.Board.KernelAccount] });

    public static Twin LosesAFrame() => Showing((_, view) =>
    {
        var counters = new PacketCounters();
        counters.CountReceived();
        return new BrokenView(view) { MoreCounters = [counters] };
    });

    public static Twin CountsTheFirstMessagesOnly() => new(new BrokenArchitecture(Monolithic)
    {
        Show = (_, view) =>
        {
            var left = 30;
            return new BrokenView(view)
            {
                Kind = kind => kind == KernelMessageKind.DataPath && left-- <= 0
                    ? KernelMessageKind.Scheduling : kind,
            };
        },
    });

    /// <summary>Nothing is broken, by all the means by which the others are.</summary>
    public static IArchitecture Unbroken() => new BrokenArchitecture(Sound)
    {
        Misread = plan => BrokenArchitecture.Applications(plan, application =>
            new MeddlingApplication(application, host => new MeddlingSocket(host.Socket))),
        Show = (_, view) => new BrokenView(view),
    };

    /// <summary>The first tenant orders the kernel to take the second one's network.</summary>
    private static Twin Ordering(
        string architecture, Guard guard, Func<RevocationOrder, object> say) => new(
            new BrokenArchitecture(Composition.Architectures.Of(architecture))
            {
                Misread = plan => BrokenArchitecture.Tenants(plan, tenant =>
                    tenant != plan.Tenants[0] ? tenant : BrokenArchitecture.With(
                        tenant, new MeddlingApplication(tenant.Settings.Application, host =>
                        {
                            Order(plan, say);
                            return new MeddlingSocket(host.Socket);
                        }))),
            })
        {
            Off = guard,
        };

    /// <summary>Tenants serve when it arrives.</summary>
    private static void Order(MachinePlan plan, Func<RevocationOrder, object> say)
    {
        var island = plan.Board.Island;
        IslandActorRef Find(string address) => island.Actors.Last(
            actor => InspectVerb.IsWithin(ActorAddress.Of(actor), address));
        island.Schedule(
            island.NowPs + (600 * Us), Find($"{plan.Board.Name}.kernel"),
            say(new RevocationOrder(
                plan.Tenants[^1].Address, RevocationOrder.Network, Asks: false, null, 0)),
            Find(plan.Tenants[0].Address));
    }

    private static Twin Meddling(
        Func<ApplicationHost, MeddlingSocket> socket, bool survives = false) => Misreading(plan =>
            BrokenArchitecture.Applications(plan, application =>
                new MeddlingApplication(application, socket, survives)));

    /// <summary>Before each reply, more work than was asked for.</summary>
    private static Twin Paying(Func<MachinePlan, ApplicationHost, long> more) =>
        Misreading(plan => BrokenArchitecture.Applications(plan, application =>
            new MeddlingApplication(application, host => new MeddlingSocket(host.Socket)
            {
                Forgets = () =>
                {
                    host.Work(more(plan, host));
                    return false;
                },
            })));

    private static Twin Misreading(Func<MachinePlan, MachinePlan> misread) =>
        new(new BrokenArchitecture(Sound) { Misread = misread });

    private static Twin Showing(Func<MachinePlan, IKernelView, IKernelView> show) =>
        new(new BrokenArchitecture(Sound) { Show = show });
}
