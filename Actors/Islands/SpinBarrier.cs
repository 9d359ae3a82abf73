namespace Disguise.Actors.Islands;

/// <summary>
/// A barrier of few threads that spins: a window lasts microseconds, and waking a thread from the
/// operating system costs more than that. After about 20 us it yields its core, and after some
/// hundred yields it sleeps, so that others who need the core get it.
/// </summary>
internal sealed class SpinBarrier(int participants)
{
    private const int SpinsBeforeYield = 600;
    private const int YieldsBeforeSleep = 300;

    private readonly object gate = new();
    private int waiting;
    private int phase;
    private int sleepers;

    public void Wait()
    {
        if (participants == 1)
            return;
        var entered = Volatile.Read(ref phase);
        if (Interlocked.Increment(ref waiting) == participants)
        {
            waiting = 0;
            // The exchange is a full fence: a sleeper either sees the phase or is seen here.
            Interlocked.Exchange(ref phase, entered + 1);
            if (Volatile.Read(ref sleepers) > 0)
                WakeSleepers();
            return;
        }

        for (var spins = 0; Volatile.Read(ref phase) == entered; spins++)
        {
            if (spins < SpinsBeforeYield)
            {
                Thread.SpinWait(4);
            }
            else if (spins < SpinsBeforeYield + YieldsBeforeSleep)
            {
#pragma warning disable RS0030 // Waiting at a window's edge is outside every island.
                Thread.Yield();
#pragma warning restore RS0030
            }
            else
            {
                SleepUntilAfter(entered);
            }
        }
    }

    private void SleepUntilAfter(int entered)
    {
        lock (gate)
        {
            Interlocked.Increment(ref sleepers);
            while (Volatile.Read(ref phase) == entered)
                Monitor.Wait(gate);
            Interlocked.Decrement(ref sleepers);
        }
    }

    private void WakeSleepers()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }
}
