using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Devices;

namespace Disguise.Hardware.Display;

/// <summary>The display as a component: stores come posted, loads are answered.</summary>
internal sealed class DisplayActor : EmulatedActor
{
    private readonly DisplayDevice device;
    private readonly long postedWritePs;

    public DisplayActor(DisplayDevice device)
    {
        this.device = device;
        device.Actor = Me;
        postedWritePs = device.Machine.Costs.Of(DeviceCosts.PciePostedWrite);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case MmioProtocol.RegisterWrite:
                device.Write(
                    MmioProtocol.RegisterWrite.OffsetOf(Word),
                    MmioProtocol.RegisterWrite.ValueOf(Word));
                break;
            case MmioProtocol.RegisterRead:
                var value = device.Read(MmioProtocol.RegisterRead.OffsetOf(Word));
                Send(
                    (IslandActorRef)Sender, MmioProtocol.RegisterReadCompletion.Instance,
                    NowPs + postedWritePs,
                    MmioProtocol.RegisterReadCompletion.WordOf(
                        MmioProtocol.RegisterRead.TagOf(Word), value));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
