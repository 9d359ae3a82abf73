using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>Works: passes work on, now or later, on the island or by wire; stashes notes.</summary>
internal sealed class MeshNode(MeshRoot root, IslandActorRef family)
    : EmulatedActor, IWithUnboundedStash, IWithTimers
{
    private bool isBusy;

    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Work:
                OnWork();
                break;
            case Note when isBusy:
                Stash.Stash();
                break;
            case Note note:
                Send(family, note, NowPs);
                break;
            case Alarm:
                isBusy = false;
                Stash.UnstashAll();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnWork()
    {
        switch (root.Random.Below(10))
        {
            case < 4:
                root.SendFrame();
                break;
            case < 7:
                Send(root.AnyNode(), Work.Instance, NowPs + root.NextWorkPs(), Word + 1);
                break;
            case 7:
                isBusy = true;
                Timers.StartSingleTimer("alarm", new Alarm(), TimeSpan.FromMicroseconds(1));
                Send(root.AnyNode(), Work.Instance, NowPs + root.NextWorkPs(), Word);
                break;
            case 8:
                root.AnyNode().Tell(new Note((int)Word & 255), Me);
                root.AnyNode().Tell(new Note(1), Me);
                Send(root.AnyNode(), Work.Instance, NowPs + root.NextWorkPs(), Word);
                break;
            default:
                Send(Me, Work.Instance, NowPs + root.NextWorkPs(), Word);
                Send(root.AnyNode(), new Note(2), NowPs + 1);
                // A crash parks what is on its way to this node until it has been replaced.
                throw new ComponentFailureException("a node fails");
        }
    }
}
