using Disguise.Hardware.Network;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Recording;

/// <summary>Puts a capture's taps where an experiment wants frames recorded.</summary>
internal static class Taps
{
    /// <summary>
    /// Sets them; gives a note for each thing that this architecture does not have.
    /// </summary>
    public static IReadOnlyList<string> Set(World world, FrameCapture capture)
    {
        var notes = new List<string>();
        foreach (var thing in world.Experiment.Recording.Packets)
        {
            var address = world.Experiment.Addresses.Print(thing);
            var rate = world.Experiment.Network.Link.BitsPerSecond;
            switch (thing.Kind)
            {
                case ThingKind.VirtualFunction:
                    var nic = MachineOf(world, thing).Nic;
                    if (nic.VirtualFunctionCount == 0)
                    {
                        notes.Add(
                            $"{address}: no virtual functions under {world.Architecture.Name}, "
                            + "so that no frames are recorded there");
                        break;
                    }

                    if (nic.StateOf(thing.Index) is null)
                    {
                        throw new ExperimentError(
                            address, "frames cannot be recorded: the function is not there",
                            $"virtual functions 0 to {nic.VirtualFunctionCount - 1}");
                    }

                    nic.SetTap(thing.Index, capture.AddInterface(address, rate));
                    break;
                case ThingKind.Nic:
                    MachineOf(world, thing).Nic.SetPortTap(capture.AddInterface(address, rate));
                    break;
                case ThingKind.MachineLink:
                    var machine = MachineOf(world, thing);
                    TapLink(machine.Link, machine.SwitchLink, capture, address, rate);
                    break;
                case ThingKind.ClientLink or ThingKind.Client:
                    var client = world.Clients.Single(known =>
                        known.Group == thing.Group && known.Number == thing.Member);
                    TapLink(client.Link, client.SwitchLink, capture, address, rate);
                    break;
                default:
                    throw new InvalidOperationException($"no frames pass at {address}");
            }
        }

        return notes;
    }

    private static void TapLink(
        LinkActor up, LinkActor down, FrameCapture capture, string address, long rate)
    {
        // The two directions run on two islands, so each records for itself.
        up.Tap(capture.AddInterface(address, rate), FrameDirection.Sent);
        down.Tap(capture.AddInterface(address, rate), FrameDirection.Received);
    }

    private static MachineUnderTest MachineOf(World world, Thing thing) => world.Machines.Single(
        machine => machine.Group == thing.Group && machine.Member == thing.Member);
}
