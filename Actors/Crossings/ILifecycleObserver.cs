namespace Disguise.Actors.Crossings;

/// <summary>Watches the lives of an island's actors. Watching never changes the run.</summary>
public interface ILifecycleObserver
{
    /// <summary>Called as a step happens.</summary>
    void Happened(in LifecycleStep step);
}
