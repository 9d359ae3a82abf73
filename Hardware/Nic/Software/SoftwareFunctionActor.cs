using Disguise.Actors.Islands;

namespace Disguise.Hardware.Nic.Software;

/// <summary>
/// A function that a core emulates: what would take a frame waits for the core and occupies it
/// first; registers and timers are as in a virtual function.
/// </summary>
internal sealed class SoftwareFunctionActor(NicFunction function, SoftwareFunctions functions)
    : EmulatedActor
{
    private readonly Queue<(object Message, long Word)> waiting = new();
    private int unusedTurns;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NicProtocol.SoftwareTurn:
                var (next, word) = waiting.Dequeue();
                functions.Backlog--;
                Do(next, word);
                break;
            case NicProtocol.ReceiveToFunction when functions.Backlog
                >= SoftwareFunctions.BacklogLimit:
                function.FramesUnderWay--;
                function.Statistics.Packets.CountDropped(NicDrops.SoftwareBacklogFull);
                function.Device.Frames.Release(Word);
                break;
            case NicProtocol.ReceiveToFunction:
                WaitForCore(message);
                break;
            case NicProtocol.DescriptorsFetched or NicProtocol.TransmitStep
                when function.Transmit.MayTake(Word, message is NicProtocol.TransmitStep):
                if (unusedTurns == 0)
                {
                    WaitForCore(message);
                    break;
                }

                unusedTurns--;
                Do(message, Word);
                break;
            default:
                Pass(message, Word);
                break;
        }
    }

    private void WaitForCore(object message)
    {
        waiting.Enqueue((message, Word));
        functions.Backlog++;
        function.Device.Requests?.FunctionEmulated(
            function.Device.AddressOf(function), function.Device.FollowedNameOf(function),
            functions.Execution.Core);
        Send(Me, NicProtocol.SoftwareTurn.Instance, functions.Execution.Occupy());
    }

    private void Do(object message, long word)
    {
        if (message is NicProtocol.ReceiveToFunction)
        {
            Pass(message, word);
            return;
        }

        // The core has worked for one frame; if another message took that, for the next one.
        var before = function.Transmit.HeadOf(word);
        Pass(message, word);
        if (function.Transmit.HeadOf(word) == before)
            unusedTurns++;
    }

    private void Pass(object message, long word)
    {
        if (!VirtualFunctionActor.Pass(function, message, word, Me, Sender))
            Unhandled(message);
    }
}
