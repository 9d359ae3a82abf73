using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Tests.Cores;

/// <summary>A lock as kernel work on cores takes it, without a context.</summary>
public class VirtualLockSpecs
{
    private const long HoldPs = 40_000;
    private static readonly LedgerAccount Kernel = new("kernel", "core", true);

    [Fact]
    public void Work_on_another_core_waits_until_the_lock_is_free_and_books_that()
    {
        var cores = Cores(2);
        var held = new VirtualLock();
        var account = new LedgerAccount("kernel", "core", true);

        Assert.Equal(1_000, held.AcquireAt(cores[0], account, 1_000));
        held.ReleaseAt(cores[0], 1_000 + HoldPs);
        Assert.Equal(1_000 + HoldPs, held.AcquireAt(cores[1], account, 11_000));
        held.ReleaseAt(cores[1], 1_000 + (2 * HoldPs));

        Assert.Equal(1, held.ContendedCount);
        Assert.Equal(HoldPs - 10_000, account.TimePsOf(HardwareCosts.LockWait));
    }

    [Fact]
    public void Work_on_the_core_that_had_it_last_does_not_wait_for_itself()
    {
        var cores = Cores(1);
        var held = new VirtualLock();
        held.AcquireAt(cores[0], Kernel, 0);
        held.ReleaseAt(cores[0], HoldPs);

        Assert.Equal(10_000, held.AcquireAt(cores[0], Kernel, 10_000));
        Assert.Equal(0, held.ContendedCount);
    }

    [Fact]
    public void A_lock_that_is_free_again_costs_nothing()
    {
        var cores = Cores(2);
        var held = new VirtualLock();
        held.AcquireAt(cores[0], Kernel, 0);
        held.ReleaseAt(cores[0], HoldPs);

        Assert.Equal(HoldPs, held.AcquireAt(cores[1], Kernel, HoldPs));
        Assert.Equal(0, held.ContendedCount);
    }

    private static Core[] Cores(int count)
    {
        var costs = new CostTable();
        var memory = new PhysicalMemory(1 << 20);
        return [.. Enumerable.Range(0, count).Select(number => new Core(
            number, costs,
            new Mmu(memory, new MmioMap(1L << 46), new Tlb(16, 4), Actors.Faults.Guards.All)))];
    }
}
