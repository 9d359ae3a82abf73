using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Hardware.Network;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>
/// A station that sends frames of a fuzzer, in bursts at random, and takes what comes back.
/// </summary>
internal sealed class FrameSource(
    IslandActorRef link, FrameFuzzer fuzzer, DeterministicRandom random, long count, long meanPs)
    : EmulatedActor
{
    private const int LongestBurst = 24;

    /// <summary>Frames sent.</summary>
    public long SentCount { get; private set; }

    /// <summary>Frames that came.</summary>
    public long ReceivedCount { get; private set; }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NetworkProtocol.FrameArrival:
                ReceivedCount++;
                Island.Frames.Release(Word);
                break;
            case Due:
                SendBurst();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void SendBurst()
    {
        Span<byte> room = stackalloc byte[FrameFuzzer.LongestFrameBytes];
        room.Clear();
        var size = 1 + (int)random.Below(LongestBurst);
        for (var index = 0; index < size && SentCount < count; index++, SentCount++)
        {
            var length = fuzzer.Next(room);
            Send(
                link, NetworkProtocol.Transmit.Instance, NowPs,
                Island.Frames.Take(room[..length]));
        }

        if (SentCount < count)
            Send(Me, Due.Instance, NowPs + random.NextExponentialPs(size * meanPs));
    }

    /// <summary>The next burst is due.</summary>
    internal sealed record Due : IInternalMessage
    {
        public static Due Instance { get; } = new();
    }
}
