using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Native;

/// <summary>
/// Waits for packets of a queue, as the library's policy says, and passes them through the stack.
/// Ends with a datagram for a bound port; gives false when the card is gone.
/// <code>
///   Tell:  tell the device what is new                         to Sync
///   Sync:  wait until memory is what it is at the own clock    to Look
///   Look:  packet: stack; a datagram ends, another packet      to Tell
///          nothing: spin                                       to Look
///          nothing, has spun enough, not armed                 to Arm
///          nothing, armed: sleep                               to Awake
///   Arm:   have the next arrival ring, then look again: one
///          may have come in between                            to Sync
///   Awake: the doorbell rang                                   to Sync
/// </code>
/// </summary>
public class PacketReceiver : Routine
{
    private readonly NativeLink link;
    private Phase phase = Phase.Ended;
    private long spinUntilPs;
    private bool isArmed;

    /// <summary>Makes the receiver of a queue.</summary>
    public PacketReceiver(NativeLink link) => this.link = link;

    private enum Phase : byte
    {
        Ended,
        Tell,
        Telling,
        Sync,
        Look,
        Arm,
        Arming,
        Awake,
    }

    /// <summary>The packet that the receiver ended with.</summary>
    public Packet Packet { get; private set; }

    /// <summary>What the stack made of it.</summary>
    public Reception Reception { get; private set; }

    /// <summary>What the library's parts share.</summary>
    protected NativeLink Link => link;

    /// <summary>Waits for the next datagram.</summary>
    public RoutineAwaiter Receive() => Start();

    /// <summary>Whether a datagram is what the program waits for; else it has been put aside.
    /// </summary>
    protected virtual bool Accept() => true;

    /// <summary>Whether something is there that was put aside before.</summary>
    protected virtual bool TryTakeKept() => false;

    /// <inheritdoc/>
    protected override bool Advance()
    {
        var context = link.Context;
        var driver = link.Driver;
        while (true)
        {
            switch (phase)
            {
                case Phase.Ended:
                    if (TryTakeKept())
                        return End(true);
                    driver.ReplenishIfDue();
                    Spin();
                    phase = Phase.Tell;
                    break;
                case Phase.Tell when driver.HasNews:
                    phase = Phase.Telling;
                    var ready = context.SyncBeforeSend();
                    if (Suspends(ready, ready.IsCompleted))
                        return false;
                    break;
                case Phase.Tell:
                    phase = Phase.Sync;
                    break;
                case Phase.Telling:
                    if (!driver.IsClosed)
                        driver.TellDevice();
                    phase = Phase.Sync;
                    if (link.Kernel is { } kernel && kernel.TakeCall())
                        return !Suspends(context.AwaitAnswer(), false);
                    break;
                case Phase.Awake:
                    isArmed = false;
                    Spin();
                    phase = Phase.Sync;
                    break;
                case Phase.Sync:
                    phase = Phase.Look;
                    var sync = context.Sync();
                    if (Suspends(sync, sync.IsCompleted))
                        return false;
                    break;
                case Phase.Arm:
                    phase = Phase.Arming;
                    var armable = context.SyncBeforeSend();
                    if (Suspends(armable, armable.IsCompleted))
                        return false;
                    break;
                case Phase.Arming:
                    if (!driver.IsClosed)
                        driver.ArmDoorbell();
                    isArmed = true;
                    phase = Phase.Sync;
                    break;
                case Phase.Look:
                    if (driver.IsClosed)
                        return End(false);
                    if (driver.Receive.HasPacket)
                    {
                        isArmed = false;
                        if (TakePacket())
                            return End(true);
                        phase = Phase.Tell;
                    }
                    else if (WaitsOutside())
                    {
                        return false;
                    }

                    break;
                default:
                    throw new InvalidOperationException($"a receiver in phase {phase}");
            }
        }
    }

    /// <summary>Spins or sleeps; false when the doorbell has to be armed first.</summary>
    private bool WaitsOutside()
    {
        var context = link.Context;
        if (!context.Sync().IsCompleted)
        {
            // The look itself took time: a page walk. Something may have come meanwhile.
            phase = Phase.Sync;
            return false;
        }

        if (isArmed)
        {
            phase = Phase.Awake;
            link.Sleep.BeforeBlock();
            return Suspends(context.Block(), false);
        }

        if (link.Wait.IsPoll || context.ClockPs < spinUntilPs)
        {
            return Suspends(
                context.PollUntilWritten(link.Driver.Receive.StatusAddress, spinUntilPs), false);
        }

        phase = Phase.Arm;
        return false;
    }

    private bool TakePacket()
    {
        var context = link.Context;
        var driver = link.Driver;
        if (link.Kernel is null)
        {
            link.Requests?.ReceiveDescriptorTaken(
                context, link.Function, 0, driver.Receive.Next);
        }
        else
        {
            link.Requests?.RequestTaken(
                context, link.Kernel.TokenOfReceived(driver.Receive.Next), context.ClockPs);
        }

        Packet = driver.Take();
        context.Charge(link.StackReceive);
        var frame = new BufferedFrame(link.Memory, driver.AddressOf(Packet), Packet);
        Reception = link.Stack.Receive(frame, driver, context.ClockPs);
        if (Reception.Kind == ReceptionKind.Datagram)
            return Accept();
        driver.Done(Packet);
        return false;
    }

    private void Spin() => spinUntilPs = link.Wait.IsPoll
        ? long.MaxValue : link.Context.ClockPs + link.Wait.SpinPs;

    private bool End(bool isThere)
    {
        phase = Phase.Ended;
        Result = isThere;
        return true;
    }
}
