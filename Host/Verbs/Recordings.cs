using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Verbs;

/// <summary>Adds what <c>--pcap</c> names to what an experiment records.</summary>
internal static class Recordings
{
    public static Experiment WithPcap(Experiment experiment, IReadOnlyList<Address> addresses)
    {
        if (addresses.Count == 0)
            return experiment;
        var things = experiment.Recording.Packets.ToList();
        foreach (var address in addresses)
        {
            foreach (var thing in experiment.Addresses.Resolve(
                address, experiment.Seed, $"--pcap {address}"))
            {
                if (!HasFrames(thing.Kind))
                {
                    throw new ExperimentError(
                        $"--pcap {address}", "no frames pass there",
                        "a link, a client, a NIC or one of its virtual functions");
                }

                if (!things.Contains(thing))
                    things.Add(thing);
            }
        }

        return experiment with { Recording = experiment.Recording with { Packets = things } };
    }

    private static bool HasFrames(ThingKind kind) => kind is ThingKind.VirtualFunction
        or ThingKind.Nic or ThingKind.MachineLink or ThingKind.ClientLink or ThingKind.Client;
}
