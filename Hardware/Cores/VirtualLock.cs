using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Cores;

/// <summary>
/// A lock that contexts queue for in virtual time, first come first served. The only thing that
/// serialises two cores in one kernel. A context syncs before it acquires, so that acquisitions
/// happen in the order of time.
/// </summary>
public sealed class VirtualLock
{
    private long freeAtPs;
    private CpuContext? holder;

    /// <summary>Acquisitions that had to wait.</summary>
    public long ContendedCount { get; private set; }

    /// <summary>Acquires for a context that is in sync; its clock moves past all earlier holders.
    /// </summary>
    public void Acquire(CpuContext context, LedgerAccount account)
    {
        if (!context.IsInSync)
            throw new InvalidOperationException("a context syncs before it acquires a lock");
        if (holder is not null)
            throw new InvalidOperationException("a holder releases within one step");
        if (freeAtPs > context.ClockPs)
        {
            ContendedCount++;
            context.ChargeTo(account, HardwareCosts.LockWait, freeAtPs - context.ClockPs);
        }

        holder = context;
    }

    /// <summary>Releases at the holder's clock.</summary>
    public void Release(CpuContext context)
    {
        if (!ReferenceEquals(holder, context))
            throw new InvalidOperationException("only the holder releases a lock");
        holder = null;
        freeAtPs = context.ClockPs;
    }
}
