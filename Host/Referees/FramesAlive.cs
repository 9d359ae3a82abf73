using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Host.Composition;

namespace Disguise.Host.Referees;

/// <summary>
/// The frames that exist are those that are in some component by its counters, or on their way
/// from one to the next: none was lost without a reason, and none outlived its drop.
/// </summary>
internal static class FramesAlive
{
    public static void Check(World world, List<string> findings)
    {
        var alive = world.Emulation.Islands.Sum(island => island.Frames.CountOwners());
        var counted = world.Switch.Counters.Sent - world.Switch.Counters.Received
            + world.Switch.Counters.Inside;
        var unsure = 0L;
        foreach (var client in world.Clients)
        {
            counted += Wire(client.Link.Counters) + Wire(client.SwitchLink.Counters)
                - client.SwitchLink.Counters.Received
                - (client.Load?.Frames.Received ?? client.Replay!.Frames.Received);
        }

        foreach (var machine in world.Machines)
        {
            var sent = SentByFunctions(machine);
            var toFunctions = machine.Nic.FunctionCounters.Received - sent.Taken - sent.Dropped;
            var toWire = machine.Nic.Counters.Sent - toFunctions;
            unsure += sent.MaybeDropped;
            counted += Wire(machine.Link.Counters) + Wire(machine.SwitchLink.Counters)
                - machine.SwitchLink.Counters.Received
                - (machine.Nic.Counters.Received - sent.Taken)
                + machine.Nic.Counters.Inside + machine.Nic.FunctionCounters.Inside
                + toWire - machine.Link.Counters.Received;
        }

        if (alive < counted)
            findings.Add($"{counted - alive} frames were lost without a reason");
        else if (alive > counted + unsure)
            findings.Add($"{alive - counted - unsure} frames are alive that nobody has");
    }

    /// <summary>What a link has, and what has left it.</summary>
    private static long Wire(PacketCounters link) => link.Inside + link.Sent;

    /// <summary>
    /// Frames that a machine's functions took from memory for the device, and those that they
    /// dropped instead. A refused DMA may have been one for a frame to be sent or to be received.
    /// </summary>
    private static (long Taken, long Dropped, long MaybeDropped) SentByFunctions(
        MachineUnderTest machine)
    {
        var taken = 0L;
        var dropped = 0L;
        var maybeDropped = 0L;
        var end = machine.Settings.Nic.VirtualFunctions + machine.Settings.TenantCount;
        for (var number = PhysicalFunctionProtocol.PhysicalFunction; number < end; number++)
        {
            if (machine.Nic.StateOf(number)?.Statistics is not { } statistics)
                continue;
            taken += statistics.GoodPacketsTransmitted;
            foreach (var (reason, count) in statistics.Packets.DroppedByReason())
            {
                if (reason == NicDrops.IommuFault)
                    maybeDropped += count;
                else if (IsOfSender(reason))
                    dropped += count;
            }
        }

        return (taken, dropped, maybeDropped);
    }

    private static bool IsOfSender(DropReason reason) =>
        reason == NicDrops.SpoofedSource || reason == NicDrops.MalformedDescriptor
        || reason == NicDrops.DescriptorChain || reason == NetworkDrops.FrameTooLong
        || reason == NetworkDrops.LinkDown;
}
