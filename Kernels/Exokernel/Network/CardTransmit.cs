using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// The way of a packet from an environment's ring to the card, within the environment's call: it is
/// copied into a buffer of the card's first, and the copy is checked, which nobody can change any
/// more. What is above the environment's rate stays in its ring.
/// </summary>
internal sealed class CardTransmit(KernelState state, CardExecution execution, string function)
{
    private const int BurstFrames = 4;

    private readonly bool checksSource =
        state.Machine.Guards.IsOn(NetworkGuards.TransmitSource);

    /// <summary>Packets taken from environments' rings = posted to the card + dropped.</summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>Sends what an environment has posted. Returns when that is done.</summary>
    public long Send(
        EnvironmentRecord environment, SharedBinding shared, CardQueue queue, Core core,
        long atPs)
    {
        execution.WorkOn(core, atPs);
        var posted = -1;
        while (shared.Rings.NextSent != shared.Tail)
        {
            if (!shared.Rings.TryLook(out var descriptor))
            {
                // What cannot be read is nothing that could be done: all of it is given up.
                CountDropped(NicDrops.MalformedDescriptor);
                shared.Rings.Finish(default);
                continue;
            }

            if (IsAboveRate(environment, shared, descriptor))
                break;
            var index = shared.Rings.NextSent;
            state.Machine.Requests?.RequestTaken(
                core, PacketToken.OfSent(environment.Description.Mac.Value, index), state.NowPs);
            if (TrySend(environment, shared, queue, descriptor) is { } reason)
                CountDropped(reason);
            else
                posted = queue.Driver.LastPosted;
            shared.Rings.Finish(descriptor);
        }

        if (posted < 0)
            return execution.ClockPs;
        queue.Driver.TellDevice();
        state.Machine.Requests?.TransmitDescriptorPosted(
            core, function, queue.Number, posted, execution.ClockPs);
        return execution.ClockPs;
    }

    private DropReason? TrySend(
        EnvironmentRecord environment, SharedBinding shared, CardQueue queue,
        in TransmitDescriptor descriptor)
    {
        execution.Charge(SharedStackCosts.ArgumentCheckSend);
        var driver = queue.Driver;
        var length = (int)descriptor.LengthBytes;
        if (length is < EthernetHeader.LengthBytes or > EthernetLimits.MaximumTaggedFrameBytes
            || (descriptor.Command & TransmitCommand.EndOfPacket) == 0)
            return NicDrops.MalformedDescriptor;
        if (driver.IsTransmitFull)
            driver.Replenish();
        if (driver.IsTransmitFull || !driver.TryTakeBuffer(out var buffer))
            return ExokernelDrops.CardRingFull;
        var packet = new Packet(
            buffer, 0, length, NeedsChecksums: descriptor.InsertNetworkChecksum
                || descriptor.InsertTransportChecksum);
        Span<byte> frame = stackalloc byte[length];
        var reason = ExokernelDrops.UnboundBuffer;
        if (shared.Rings.TryRead(descriptor, frame))
        {
            execution.Charge(ProfileCosts.CopySend, length);
            execution.Write(driver.AddressOf(packet), frame);
            reason = IsOwnSource(shared.Match, frame) ? null : NicDrops.SpoofedSource;
        }

        if (reason is null)
        {
            driver.Post(packet);
            Counters.CountReceived();
            Counters.CountSent();
        }
        else
        {
            driver.Done(packet);
        }

        return reason;
    }

    /// <summary>
    /// Whether a frame says truly who sends it (guard <c>exokernel-transmit-source</c>): the
    /// binding's addresses, and its port where it is bound to one. Nothing but IPv4 and ARP is
    /// sent.
    /// </summary>
    private bool IsOwnSource(in PacketMatch match, ReadOnlySpan<byte> frame)
    {
        if (!checksSource)
            return true;
        if (!FrameParser.TryRead(frame, out var fields) || fields.SourceMac.Value != match.Mac)
            return false;
        if (fields.EtherType == EtherType.Arp)
        {
            return ArpView.TryParse(frame[fields.NetworkOffset..], out var arp, out _)
                && arp.SenderMac.Value == match.Mac && arp.SenderAddress.Value == match.Ip;
        }

        return fields.HasIpv4 && fields.Source.Value == match.Ip
            && (match.Port == 0 || (fields.HasPorts && fields.Protocol == IpProtocol.Udp
                && fields.SourcePort == match.Port));
    }

    /// <summary>Whether the rate keeps the next frame back; then the kernel comes back to it.
    /// </summary>
    private bool IsAboveRate(
        EnvironmentRecord environment, SharedBinding shared, in TransmitDescriptor descriptor)
    {
        if (shared.BitsPerSecond == 0)
            return false;
        var clockPs = execution.ClockPs;
        var framePs = Picoseconds.ToSerialise(
            8 * EthernetLimits.OnWireBytes(
                Math.Max(EthernetLimits.MinimumFrameBytes, (int)descriptor.LengthBytes)),
            shared.BitsPerSecond);
        var duePs = shared.NextStartPs - (BurstFrames * framePs);
        if (duePs <= clockPs)
        {
            shared.NextStartPs = Math.Max(clockPs, shared.NextStartPs) + framePs;
            return false;
        }

        if (!shared.IsDelayed)
        {
            shared.IsDelayed = true;
            state.Machine.Island.Schedule(
                duePs, state.Kernel, ExokernelProtocol.TransmitDue.Instance, state.Kernel,
                environment.Number);
        }

        return true;
    }

    private void CountDropped(DropReason reason)
    {
        Counters.CountReceived();
        Counters.CountDropped(reason);
    }
}
