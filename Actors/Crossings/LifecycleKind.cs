namespace Disguise.Actors.Crossings;

/// <summary>A step in the life of an actor, as trace and run hash see it.</summary>
public enum LifecycleKind
{
    /// <summary>An actor starts.</summary>
    Started,

    /// <summary>An actor has stopped; its children have before it.</summary>
    Stopped,

    /// <summary>An actor that failed is about to be replaced.</summary>
    Restarting,

    /// <summary>An actor that failed has been replaced and goes on.</summary>
    Restarted,

    /// <summary>A watcher learns that an actor it watched has stopped.</summary>
    Terminated,
}
