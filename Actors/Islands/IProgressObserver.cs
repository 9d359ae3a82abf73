namespace Disguise.Actors.Islands;

/// <summary>Told of progress at the edges of windows, on the thread that called Run.</summary>
public interface IProgressObserver
{
    /// <summary>
    /// Windows between two calls, 1 and up. A call makes all workers meet twice more, so one for
    /// each window costs more than the window.
    /// </summary>
    int WindowsBetweenCalls => 64;

    /// <summary>All islands have reached this time. False ends the run at this edge.</summary>
    bool Reached(long nowPs);
}
