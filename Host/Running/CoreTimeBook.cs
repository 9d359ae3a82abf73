using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Host.Composition;
using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>
/// How the cores spent the measured time. A poll is booked when it ends; what was spun before
/// measuring began is taken off, and what has not ended is added.
/// </summary>
internal sealed class CoreTimeBook
{
    private readonly World world;
    private readonly long pollBeforePs;
    private readonly long startPs;

    /// <summary>Measuring begins now: every account is cleared.</summary>
    public CoreTimeBook(World world)
    {
        this.world = world;
        startPs = world.Emulation.NowPs;
        foreach (var account in Accounts())
            account.Clear();
        pollBeforePs = OpenPollPs();
    }

    /// <summary>All accounts of cores.</summary>
    public IEnumerable<LedgerAccount> Accounts() => world.Machines.SelectMany(machine =>
        machine.Accounts.Append(machine.Board.KernelAccount)
            .Concat(machine.Kernel.ServerAccounts));

    /// <summary>Core time of all machines since measuring began, picoseconds.</summary>
    public (long Work, long Kernel, long Poll, long Total) Spent()
    {
        long work = 0, kernel = 0, poll = OpenPollPs() - pollBeforePs;
        foreach (var account in Accounts())
        {
            foreach (var entry in account.Entries())
            {
                if (entry.What == HardwareCosts.Poll)
                    poll += entry.TimePs;
                else if (account.IsKernel)
                    kernel += entry.TimePs;
                else
                    work += entry.TimePs;
            }
        }

        var cores = world.Machines.Sum(machine => (long)machine.Board.Cores.Length);
        return (work, kernel, Math.Max(0, poll), (world.Emulation.NowPs - startPs) * cores);
    }

    public CoreTime Shares()
    {
        var (work, kernel, poll, total) = Spent();
        if (total == 0)
            return CoreTime.NotMeasured;
        // Work that was charged ahead of the end may exceed it by a packet's worth.
        var whole = (double)Math.Max(total, work + kernel + poll);
        return new CoreTime
        {
            Work = work / whole,
            Kernel = kernel / whole,
            Poll = poll / whole,
            Idle = (whole - work - kernel - poll) / whole,
        };
    }

    private long OpenPollPs()
    {
        var sum = 0L;
        foreach (var machine in world.Machines)
        {
            foreach (var core in machine.Board.Cores)
                sum += core.Current?.OpenPollPs(world.Emulation.NowPs) ?? 0;
        }

        return sum;
    }
}
