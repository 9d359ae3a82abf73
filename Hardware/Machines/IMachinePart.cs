using Disguise.Actors.Dispatch;

namespace Disguise.Hardware.Machines;

/// <summary>
/// A part that is put into a machine while it runs and taken out again, as often as its orderer
/// says: a tenant that comes and goes.
/// </summary>
public interface IMachinePart
{
    /// <summary>The number by which its orderer knows it.</summary>
    int Number { get; }

    /// <summary>
    /// Puts it in; called in the machine's actor. Gives the actor whose end is the part's: when
    /// that actor has stopped, all that the part had has been given back.
    /// </summary>
    IslandActorRef Start();

    /// <summary>Orders its end; called in the machine's actor, while the part is there.</summary>
    /// <param name="part">What <see cref="Start"/> gave.</param>
    /// <param name="machine">The machine's actor, who gives the order.</param>
    void Stop(IslandActorRef part, IslandActorRef machine);
}
