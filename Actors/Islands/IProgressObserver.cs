namespace Disguise.Actors.Islands;

/// <summary>Told of progress at the edges of windows, on the thread that called Run.</summary>
public interface IProgressObserver
{
    /// <summary>All islands have reached this time. False ends the run at this edge.</summary>
    bool Reached(long nowPs);
}
