using Disguise.Hardware.Network;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// The way of a frame from the card into packet rings, at interrupt time on the core to which the
/// card sent it: demultiplexed, copied, and when that has taken its time, there. The card's
/// interrupt stays off until its ring is empty.
/// </summary>
internal sealed class CardReceive(
    KernelState state, PacketMatches matches, CardExecution execution, string function)
{
    /// <summary>
    /// Frames taken from the card's rings, copies for further environments included = put into
    /// packet rings + dropped.
    /// </summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>The card has interrupted.</summary>
    public void Begin(CardQueue queue)
    {
        if (queue.IsWorkedOn)
            return;
        queue.IsWorkedOn = true;
        execution.WorkOn(queue.Core, state.NowPs);
        TakeNext(queue);
    }

    /// <summary>The frame has been copied: it is in the rings now.</summary>
    public void Deliver(CardQueue queue)
    {
        execution.WorkOn(queue.Core, state.NowPs);
        Span<byte> bytes = stackalloc byte[queue.Frame.LengthBytes];
        execution.Read(queue.Driver.AddressOf(queue.Frame), bytes);
        foreach (var receiver in queue.Receivers)
            Deliver(queue, receiver, bytes);
        queue.Driver.Done(queue.Frame);
        TakeNext(queue);
    }

    private void TakeNext(CardQueue queue)
    {
        var driver = queue.Driver;
        if (!driver.HasPacket)
        {
            driver.Replenish();
            if (driver.HasNews)
                driver.TellDevice();
            queue.IsWorkedOn = false;
            driver.ArmDoorbell();
            return;
        }

        state.Machine.Requests?.ReceiveDescriptorTaken(
            queue.Core, function, queue.Number, driver.NextReceived);
        queue.Frame = driver.Take();
        Counters.CountReceived();
        execution.Charge(SharedStackCosts.Demultiplexing);
        Span<byte> bytes = stackalloc byte[queue.Frame.LengthBytes];
        execution.Read(driver.AddressOf(queue.Frame), bytes);
        Choose(queue, bytes);
        execution.Charge(
            ProfileCosts.CopyReceive, (long)bytes.Length * queue.Receivers.Count);
        state.Machine.Island.Schedule(
            execution.ClockPs, state.Kernel, ExokernelProtocol.FrameCopied.Instance,
            state.Kernel, queue.Number);
    }

    /// <summary>Whom the frame is for that has room for it.</summary>
    private void Choose(CardQueue queue, ReadOnlySpan<byte> bytes)
    {
        queue.Receivers.Clear();
        matches.Find(bytes, queue.Receivers);
        if (queue.Receivers.Count == 0)
        {
            Counters.CountDropped(ExokernelDrops.NoBinding);
            return;
        }

        Counters.CountReplicated(queue.Receivers.Count - 1);
        for (var index = queue.Receivers.Count - 1; index >= 0; index--)
        {
            if (queue.Receivers[index].Network!.Shared!.Rings.HasRoom(out _))
                continue;
            Counters.CountDropped(ExokernelDrops.PacketRingFull);
            queue.Receivers.RemoveAt(index);
        }
    }

    private void Deliver(CardQueue queue, EnvironmentRecord receiver, ReadOnlySpan<byte> bytes)
    {
        // Another core may have filled the ring, or the binding be broken, since it was chosen.
        if (receiver.Network?.Shared is not { } shared
            || state.Environments.ByNumber(receiver.Number) != receiver)
        {
            Counters.CountDropped(ExokernelDrops.BindingBroken);
            return;
        }

        if (!shared.Rings.HasRoom(out var buffer))
        {
            Counters.CountDropped(ExokernelDrops.PacketRingFull);
            return;
        }

        var index = shared.Rings.NextReceived;
        if (!shared.Rings.TryFill(buffer, bytes, queue.Frame.Checksums))
        {
            Counters.CountDropped(ExokernelDrops.UnboundBuffer);
            return;
        }

        Counters.CountSent();
        state.Machine.Requests?.RequestQueued(
            queue.Core, PacketToken.OfReceived(receiver.Description.Mac.Value, index),
            state.NowPs);
        state.Processor.Arrived(receiver);
    }
}
