using Disguise.Actors.Time;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Host.Composition;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Running;

/// <summary>
/// Takes links down for the faults of an experiment. What several faults hold down at the same
/// time is up again when the last of them ends, so those that overlap on one thing are one outage.
/// </summary>
internal sealed class LinkOutages(World world)
{
    private readonly List<(Thing Thing, List<(long FromPs, long UntilPs)> Spans)> outages = [];

    /// <summary>A fault takes a thing's link down for a stretch of virtual time.</summary>
    public void Add(Thing thing, long fromPs, long untilPs)
    {
        var known = outages.FindIndex(outage => outage.Thing == thing);
        if (known < 0)
        {
            known = outages.Count;
            outages.Add((thing, []));
        }

        outages[known].Spans.Add((fromPs, untilPs));
    }

    /// <summary>Puts all of them into the islands they concern.</summary>
    public void Schedule()
    {
        foreach (var (thing, spans) in outages)
        {
            foreach (var (fromPs, untilPs) in Union(spans))
                TakeDown(thing, fromPs, untilPs);
        }
    }

    /// <summary>The stretches in which one at least of some stretches lies, in order.</summary>
    internal static List<(long FromPs, long UntilPs)> Union(
        IEnumerable<(long FromPs, long UntilPs)> spans)
    {
        var union = new List<(long FromPs, long UntilPs)>();
        foreach (var span in spans.OrderBy(span => span.FromPs))
        {
            if (union.Count > 0 && span.FromPs <= union[^1].UntilPs)
                union[^1] = (union[^1].FromPs, Math.Max(union[^1].UntilPs, span.UntilPs));
            else
                union.Add(span);
        }

        return union;
    }

    private void TakeDown(Thing thing, long atPs, long untilPs)
    {
        switch (thing.Kind)
        {
            case ThingKind.MachineLink:
                SetDown(MachineOf(thing).Link, atPs, untilPs);
                SetDown(MachineOf(thing).SwitchLink, atPs, untilPs);
                break;
            case ThingKind.ClientLink:
                var client = world.Clients.Single(known =>
                    known.Group == thing.Group && known.Number == thing.Member);
                SetDown(client.Link, atPs, untilPs);
                SetDown(client.SwitchLink, atPs, untilPs);
                break;
            case ThingKind.Nic:
                SetFunction(MachineOf(thing), null, atPs, untilPs);
                break;
            case ThingKind.VirtualFunction:
                SetFunction(MachineOf(thing), thing.Index, atPs, untilPs);
                break;
            default:
                throw new InvalidOperationException($"{thing.Kind} has no link");
        }
    }

    private MachineUnderTest MachineOf(Thing thing) => world.Machines.Single(machine =>
        machine.Group == thing.Group && machine.Member == thing.Member);

    private static void SetDown(LinkActor link, long atPs, long untilPs)
    {
        link.Island.Enter();
        link.Island.Schedule(atPs, link.Me, new LinkProtocol.SetDown(untilPs), null);
    }

    private static void SetFunction(
        MachineUnderTest machine, int? function, long atPs, long untilPs)
    {
        var island = machine.Board.Island;
        island.Enter();
        island.Schedule(
            atPs, machine.Nic.PhysicalFunction,
            new PhysicalFunctionProtocol.SetLink(false, function), null);
        if (untilPs != Picoseconds.Never)
        {
            island.Schedule(
                untilPs, machine.Nic.PhysicalFunction,
                new PhysicalFunctionProtocol.SetLink(true, function), null);
        }
    }
}
