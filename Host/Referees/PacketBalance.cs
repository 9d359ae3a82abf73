using Disguise.Hardware.Network;
using Disguise.Host.Composition;

namespace Disguise.Host.Referees;

/// <summary>
/// What goes into a component comes out, is dropped for a reason, or is still inside; what one
/// component sent the next has received or will; and the frames that exist are those on the way.
/// </summary>
internal static class PacketBalance
{
    public static long Check(World world, List<string> findings)
    {
        var frames = 0L;
        void Component(string address, PacketCounters counters)
        {
            frames += counters.Received;
            if (counters.Inside < 0)
                findings.Add($"{address}: {-counters.Inside} frames more came out than went in");
        }

        void Hop(string from, PacketCounters sender, string to, long received)
        {
            if (received > sender.Sent)
                findings.Add($"{to}: received {received} of {sender.Sent} that {from} sent");
        }

        Component("switch", world.Switch.Counters);
        var intoSwitch = 0L;
        var outOfSwitch = 0L;
        foreach (var machine in world.Machines)
        {
            Component(machine.Link.Me.Path.Name, machine.Link.Counters);
            Component($"{machine.Address}.nic", machine.Nic.Counters);
            Component($"{machine.Address}.nic.vf", machine.Nic.FunctionCounters);
            foreach (var counters in machine.Kernel.SoftwareCounters)
                Component($"{machine.Address}.kernel", counters);
            Hop("switch", machine.SwitchLink.Counters, machine.Nic.Address,
                machine.Nic.Counters.Received - machine.Nic.FunctionCounters.Sent);
            intoSwitch += machine.Link.Counters.Sent;
            outOfSwitch += machine.SwitchLink.Counters.Received;
        }

        foreach (var libraries in world.Readiness.Counters)
            Component("a tenant's libraries", libraries);
        foreach (var client in world.Clients)
        {
            Component(client.Address, client.Link.Counters);
            Component(client.Address, client.SwitchLink.Counters);
            intoSwitch += client.Link.Counters.Sent;
            outOfSwitch += client.SwitchLink.Counters.Received;
        }

        if (world.Switch.Counters.Received > intoSwitch)
            findings.Add($"switch: received more than the {intoSwitch} frames sent to it");
        if (outOfSwitch > world.Switch.Counters.Sent)
            findings.Add($"switch: its links received more than it sent");
        FramesAlive.Check(world, findings);
        return frames;
    }
}
