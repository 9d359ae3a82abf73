using Disguise.Actors.Execution;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Tests.SystemCalls;
using Xunit;

namespace Disguise.LibOS.Tests.Memory;

/// <summary>
/// Composed operations have no cost of their own: what the ledger holds of one is what it holds of
/// its parts, entry by entry, and its entries add up to the time that it took.
/// </summary>
public sealed class ComposedOperationSpecs : IDisposable
{
    private readonly SortedDictionary<string, Entries> measured = new(StringComparer.Ordinal);
    private readonly ProcessWorld world;

    public ComposedOperationSpecs()
    {
        world = new ProcessWorld().Process((host, _) => Run(host));
        world.Start();
        world.Run(10 * Picoseconds.PerMillisecond);
    }

    [Fact]
    public void Prot1_is_a_call_a_look_up_and_the_remainder()
    {
        var prot1 = measured["prot1"];
        Assert.Equal(1, prot1.CountOf(HardwareCosts.Trap));
        Assert.Equal(1, prot1.CountOf(HardwareCosts.TrapReturn));
        Assert.Equal(1, prot1.CountOf(ExokernelCosts.PageTableLookupLinear));
        Assert.Equal(1, prot1.CountOf(ExokernelCosts.PageProtect));
        Assert.Equal(
            world.Costs.Of(HardwareCosts.Trap) + world.Costs.Of(HardwareCosts.TrapReturn)
                + world.Costs.Of(ExokernelCosts.PageTableLookupLinear)
                + world.Costs.Of(ExokernelCosts.PageProtect)
                + world.Costs.Of(ProfileCosts.SystemCallPath),
            prot1.TookPs);
    }

    [Fact]
    public void Prot100_is_prot1_and_further_pages()
    {
        var prot100 = measured["prot100"];
        var further = Entries.Of(
            ExokernelCosts.PageProtectRangePage, 99,
            99 * world.Costs.Of(ExokernelCosts.PageProtectRangePage));
        Assert.Equal(measured["prot1"].Plus(further).Parts, prot100.Parts);
    }

    [Fact]
    public void Appel1_is_a_fault_and_two_prot1s()
    {
        var appel1 = measured["appel1"];
        // The handler of a trap does one of the two.
        Assert.Equal(measured["trap"].Plus(measured["prot1"]).Parts, appel1.Parts);
        Assert.Equal(1, appel1.CountOf(HardwareCosts.ExceptionEntry));
        Assert.Equal(1, appel1.CountOf(ExokernelCosts.FaultDispatch));
        Assert.Equal(1, appel1.CountOf(ProfileCosts.SignalDelivery));
        Assert.Equal(2, appel1.CountOf(ExokernelCosts.PageProtect));
        Assert.Equal(3, appel1.CountOf(ExokernelCosts.PageTableLookupLinear));
    }

    [Fact]
    public void The_entries_of_each_add_up_to_the_time_that_it_took() =>
        Assert.All(measured.Values, operation => Assert.Equal(
            operation.TookPs, operation.Parts.Values.Sum(part => part.TimePs)));

    public void Dispose() => world.Dispose();

    private async EmulatedTask Run(ApplicationHost host)
    {
        const int Pages = 100;
        var range = await host.Pages.Map(Pages, MemoryProtection.ReadWrite);
        for (var page = 0; page < Pages; page++)
            await host.Pages.WriteWord(At(page), 1);
        await Measure(host, "prot1", () => Set(0, 1, MemoryProtection.Read));
        await Set(0, 1, MemoryProtection.ReadWrite);
        await Measure(host, "prot100", () => Set(0, Pages, MemoryProtection.Read));
        await Set(2, 1, MemoryProtection.ReadWrite);
        var protects = -1;
        await host.Pages.OnFault(async fault =>
        {
            if (protects >= 0)
                await Set(protects, 1, MemoryProtection.Read);
            await Set((int)((fault.Address - range) / Frame.SizeBytes), 1,
                MemoryProtection.ReadWrite);
            return true;
        });
        await Measure(host, "trap", () => Touch(0));
        protects = 2;
        await Measure(host, "appel1", () => Touch(1));

        ulong At(int page) => range + ((ulong)page * Frame.SizeBytes);

        async EmulatedTask Touch(int page) => await host.Pages.WriteWord(At(page), 2);

        async EmulatedTask Set(int page, int count, MemoryProtection protection) =>
            Assert.True(await host.Pages.Protect(At(page), count, protection));
    }

    private async EmulatedTask Measure(
        ApplicationHost host, string name, Func<EmulatedTask> operation)
    {
        var before = Snapshot();
        var startPs = host.ClockPs;
        await operation();
        measured[name] = Snapshot().Less(before) with { TookPs = host.ClockPs - startPs };
    }

    private Entries Snapshot()
    {
        var all = new Entries();
        foreach (var account in (ReadOnlySpan<LedgerAccount>)
            [world.Machine.KernelAccount, world.Accounts[0]])
        {
            foreach (var entry in account.Entries())
                all = all.Plus(Entries.Of(entry.What, entry.Count, entry.TimePs));
        }

        return all;
    }

    private sealed record Entries
    {
        public SortedDictionary<string, (long Count, long TimePs)> Parts { get; } =
            new(StringComparer.Ordinal);

        public long TookPs { get; init; }

        public static Entries Of(CostKey key, long count, long timePs)
        {
            var entries = new Entries();
            entries.Parts[key.Name] = (count, timePs);
            return entries;
        }

        public long CountOf(CostKey key) => Parts.GetValueOrDefault(key.Name).Count;

        public Entries Plus(Entries other) => Combine(other, 1);

        public Entries Less(Entries other) => Combine(other, -1);

        private Entries Combine(Entries other, int sign)
        {
            var sum = new Entries { TookPs = TookPs + (sign * other.TookPs) };
            foreach (var (name, part) in Parts)
                sum.Parts[name] = part;
            foreach (var (name, part) in other.Parts)
            {
                var (count, timePs) = sum.Parts.GetValueOrDefault(name);
                sum.Parts[name] = (count + (sign * part.Count), timePs + (sign * part.TimePs));
                if (sum.Parts[name] == (0, 0))
                    sum.Parts.Remove(name);
            }

            return sum;
        }
    }
}
