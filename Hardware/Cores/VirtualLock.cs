using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Cores;

/// <summary>
/// A lock that contexts queue for in virtual time, first come first served. The only thing that
/// serialises two cores in one kernel. A context syncs before it acquires, so that acquisitions
/// happen in the order of time; so does kernel work on a core, which begins at the island's time.
/// </summary>
public sealed class VirtualLock
{
    private long freeAtPs;
    private CpuContext? holder;
    private Core? lastCore;

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
        lastCore = context.Core;
        freeAtPs = context.ClockPs;
    }

    /// <summary>
    /// Acquires for kernel work on a core without a context, from a time on: the time at which it
    /// has the lock. It does not wait for a context of its own core, which holds locks with such
    /// work shut out and so has released this one before.
    /// </summary>
    public long AcquireAt(Core core, LedgerAccount account, long atPs)
    {
        if (holder is not null)
            throw new InvalidOperationException("a holder releases within one step");
        if (freeAtPs <= atPs || ReferenceEquals(lastCore, core))
            return atPs;
        ContendedCount++;
        return core.DoKernelWork(account, HardwareCosts.LockWait, freeAtPs - atPs, atPs);
    }

    /// <summary>Releases a lock acquired for work on a core, at a time.</summary>
    public void ReleaseAt(Core core, long atPs)
    {
        lastCore = core;
        freeAtPs = Math.Max(freeAtPs, atPs);
    }
}
