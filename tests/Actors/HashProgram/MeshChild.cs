using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>A child that can be told to crash, and says so when it stops.</summary>
internal sealed class MeshChild : EmulatedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Note:
                break;
            case Crash:
                throw new ComponentFailureException("a child fails");
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() =>
        Island.Schedule(NowPs, ((Dispatch.IslandActorRef)Context.Parent), new Note(Me.Ordinal), Me);
}
