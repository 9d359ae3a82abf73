using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Devices;

namespace Disguise.Hardware.Nic;

/// <summary>Passes to a function what reaches it: register accesses, frames, timers.</summary>
internal sealed class VirtualFunctionActor(NicFunction function) : EmulatedActor
{
    /// <summary>Passes a message to a function; false if it is none of a function's.</summary>
    public static bool Pass(
        NicFunction function, object message, long word, IslandActorRef me,
        Akka.Actor.IActorRef sender)
    {
        switch (message)
        {
            case NicProtocol.ReceiveToFunction frame:
                Take(function, frame, word);
                return true;
            case MmioProtocol.RegisterWrite:
                function.WriteRegister(
                    MmioProtocol.RegisterWrite.OffsetOf(word),
                    MmioProtocol.RegisterWrite.ValueOf(word));
                return true;
            case NicProtocol.DescriptorsFetched:
                function.Transmit.Fetched(word);
                return true;
            case NicProtocol.TransmitStep:
                function.Transmit.Step(word);
                return true;
            case NicProtocol.TransmitDone:
                function.Transmit.Done(word);
                return true;
            case NicProtocol.RoomToTransmit:
                function.Transmit.RoomFound((int)word);
                return true;
            case NicProtocol.ThrottleExpired:
                function.ExpireThrottle(word);
                return true;
            case MmioProtocol.RegisterRead:
                Answer(function, word, me, (IslandActorRef)sender);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (!Pass(function, message, Word, Me, Sender))
            Unhandled(message);
    }

    private static void Take(
        NicFunction function, NicProtocol.ReceiveToFunction message, long frame)
    {
        if (function.IsGone)
        {
            function.Device.Frames.Release(frame);
            return;
        }

        function.FramesUnderWay--;
        function.Receive.Take(message, frame);
    }

    private static void Answer(
        NicFunction function, long word, IslandActorRef me, IslandActorRef reader)
    {
        var value = function.ReadRegister(MmioProtocol.RegisterRead.OffsetOf(word));
        var answer = MmioProtocol.RegisterReadCompletion.WordOf(
            MmioProtocol.RegisterRead.TagOf(word), value);
        function.Device.Island.Schedule(
            function.Device.NowPs + function.Device.Timings.PostedWritePs, reader,
            MmioProtocol.RegisterReadCompletion.Instance, me, answer);
    }
}
