namespace Disguise.Actors.Islands;

/// <summary>
/// A barrier of few threads that spins: a window lasts microseconds, and waking a thread from the
/// operating system costs more than that. Yields the core after about 20 us of waiting.
/// </summary>
internal sealed class SpinBarrier(int participants)
{
    private const int SpinsBeforeYield = 600;

    private int waiting;
    private int phase;

    public void Wait()
    {
        if (participants == 1)
            return;
        var entered = Volatile.Read(ref phase);
        if (Interlocked.Increment(ref waiting) == participants)
        {
            waiting = 0;
            Volatile.Write(ref phase, entered + 1);
            return;
        }

        var spins = 0;
        while (Volatile.Read(ref phase) == entered)
        {
            if (++spins < SpinsBeforeYield)
                Thread.SpinWait(4);
            else
#pragma warning disable RS0030 // Waiting at a window's edge is outside every island.
                Thread.Yield();
#pragma warning restore RS0030
        }
    }
}
