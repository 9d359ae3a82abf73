using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Native;

/// <summary>
/// Sends packets on a queue, one after the other; the device owns a packet's buffer until it is
/// done with it. A full ring is waited for by polling. Gives false when the card is gone or the
/// packet could not be made.
/// </summary>
public class PacketSender : Routine
{
    private readonly NativeLink link;
    private Phase phase = Phase.Ended;
    private Packet packet;

    /// <summary>Makes the sender of a queue.</summary>
    public PacketSender(NativeLink link) => this.link = link;

    private enum Phase : byte
    {
        Ended,
        Room,
        Look,
        Post,
        Tell,
        Told,
    }

    /// <summary>What the library's parts share.</summary>
    protected NativeLink Link => link;

    /// <summary>Sends a packet that the program owns.</summary>
    public RoutineAwaiter Send(in Packet owned)
    {
        packet = owned;
        return Start();
    }

    /// <summary>
    /// Makes the packet when there is room for it. False when it cannot be made; nothing is sent
    /// then but what else is posted.
    /// </summary>
    protected virtual bool TryMake(ref Packet made) => true;

    /// <summary>The card is gone: what was to be sent is given up.</summary>
    protected virtual void GiveUp(in Packet unsent) => link.Driver.Done(unsent);

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
                    context.Charge(link.StackSend);
                    phase = Phase.Room;
                    break;
                case Phase.Room when driver.IsClosed:
                    GiveUp(packet);
                    return End(false);
                case Phase.Room when driver.Transmit.IsFull:
                    // What the device has done meanwhile is seen at the own clock only.
                    phase = Phase.Look;
                    var sync = context.Sync();
                    if (Suspends(sync, sync.IsCompleted))
                        return false;
                    break;
                case Phase.Look:
                    phase = Phase.Room;
                    driver.Replenish();
                    var isInSync = context.Sync().IsCompleted;
                    if (driver.Transmit.IsFull && !driver.IsClosed && isInSync)
                    {
                        return !Suspends(
                            context.PollUntilWritten(driver.Transmit.ReportAddress), false);
                    }

                    break;
                case Phase.Room:
                    Result = TryMake(ref packet);
                    if (Result)
                        driver.Transmit.Post(packet);
                    phase = Phase.Post;
                    break;
                case Phase.Post:
                    phase = Phase.Tell;
                    var ready = context.SyncBeforeSend();
                    if (Suspends(ready, ready.IsCompleted))
                        return false;
                    break;
                case Phase.Tell:
                    Tell();
                    phase = Phase.Told;
                    if (link.Kernel is { } kernel && kernel.TakeCall())
                        return !Suspends(context.AwaitAnswer(), false);
                    break;
                case Phase.Told:
                    return End(Result);
                default:
                    throw new InvalidOperationException($"a sender in phase {phase}");
            }
        }
    }

    private void Tell()
    {
        var driver = link.Driver;
        if (driver.IsClosed || !driver.HasNews)
            return;
        var index = (driver.Transmit.Next + driver.Transmit.Size - 1) % driver.Transmit.Size;
        if (link.Kernel is not null)
        {
            link.Requests?.RequestQueued(
                link.Context, link.Kernel.TokenOfSent(index), link.Context.ClockPs);
            driver.TellDevice();
            return;
        }

        driver.TellDevice();
        link.Requests?.TransmitDescriptorPosted(
            link.Context, link.Function, 0, index, link.Context.ClockPs);
    }

    private bool End(bool isSent)
    {
        phase = Phase.Ended;
        Result = isSent;
        return true;
    }
}
