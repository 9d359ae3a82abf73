using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Network;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Tests.Clients;

/// <summary>
/// What stands where a client's link would: takes its frames and gives them back turned around,
/// after a delay and as a script says.
/// </summary>
internal sealed class EchoStation(long delayPs) : EmulatedActor
{
    private static readonly NetworkProtocol.FrameArrival Arrival = new(0);

    public List<byte[]> Frames { get; } = [];

    public List<long> TimesPs { get; } = [];

    /// <summary>How often a frame, by its number from 0, comes back; once when not set.</summary>
    public Func<int, int> Copies { get; set; } = _ => 1;

    /// <summary>Changes an answer before it goes back.</summary>
    public Action<int, byte[]> Change { get; set; } = (_, _) => { };

    /// <summary>Extra delay of an answer.</summary>
    public Func<int, long> ExtraPs { get; set; } = _ => 0;

    protected override void OnReceive(object message)
    {
        var frame = Island.Frames.Read(Word).ToArray();
        Island.Frames.Release(Word);
        var number = Frames.Count;
        Frames.Add(frame);
        TimesPs.Add(NowPs);
        for (var copy = 0; copy < Copies(number); copy++)
        {
            var answer = frame.ToArray();
            UdpHeaders.TurnAround(answer);
            Change(number, answer);
            Send(
                (IslandActorRef)Sender, Arrival, NowPs + delayPs + ExtraPs(number),
                Island.Frames.Take(answer));
        }
    }
}
