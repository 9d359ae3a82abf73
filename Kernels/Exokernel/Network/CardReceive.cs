using Disguise.Hardware.Network;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// The way of a frame from the card into packet rings, at interrupt time on the core to which the
/// card sent it: demultiplexed, copied, and when that has taken its time, there. The card's
/// interrupt stays off until its ring is empty. A pass that has taken its share of frames leaves
/// the core to the environments for as long as it took, if one of them wants it: what comes
/// meanwhile and finds the card's ring full is dropped by the card, where it has cost nothing yet
/// (Mogul and Ramakrishnan, ACM TOCS 15(3), 1997: receive livelock).
/// </summary>
internal sealed class CardReceive(
    KernelState state, PacketMatches matches, CardExecution execution, string function)
{
    /// <summary>Frames of a pass: half of the card's ring.</summary>
    public const int PassLimit = 32;

    private readonly bool isShared = state.Machine.Guards.IsOn(NetworkGuards.ReceiveShare);

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
        BeginPass(queue, state.NowPs);
    }

    /// <summary>The environments have had their share of the core: the clock interrupts.
    /// </summary>
    public void GoOn(CardQueue queue) =>
        BeginPass(queue, state.Work.TakeClock(queue.Core, state.NowPs));

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

    private void BeginPass(CardQueue queue, long atPs)
    {
        queue.PassBeganPs = state.NowPs;
        queue.PassFrames = 0;
        execution.WorkOn(queue.Core, atPs);
        TakeNext(queue);
    }

    private void TakeNext(CardQueue queue)
    {
        var driver = queue.Driver;
        if (!driver.HasPacket)
        {
            Refill(queue);
            queue.IsWorkedOn = false;
            driver.ArmDoorbell();
            return;
        }

        if (isShared && queue.PassFrames == PassLimit)
        {
            Refill(queue);
            if (state.Processor.IsWanted(queue.Core))
            {
                LeaveCore(queue);
                return;
            }

            queue.PassBeganPs = state.NowPs;
            queue.PassFrames = 0;
        }

        queue.PassFrames++;
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

    private static void Refill(CardQueue queue)
    {
        queue.Driver.Replenish();
        if (queue.Driver.HasNews)
            queue.Driver.TellDevice();
    }

    /// <summary>The core is the environments' for as long as the pass has taken.</summary>
    private void LeaveCore(CardQueue queue)
    {
        var clockPs = execution.ClockPs;
        state.Machine.Island.Schedule(
            clockPs + (clockPs - queue.PassBeganPs), state.Kernel,
            ExokernelProtocol.ReceiveGoesOn.Instance, state.Kernel, queue.Number);
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
