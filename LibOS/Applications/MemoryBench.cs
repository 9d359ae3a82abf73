using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Measures one operation of virtual memory again and again on a range of pages that it has
/// written before; what it does in between to make the next one possible is not measured. Where
/// nobody says which pages are dirty, <see cref="MemoryOperation.Dirty"/> measures nothing.
/// </summary>
/// <param name="operation">What is measured.</param>
/// <param name="pages">Pages of the range, 2 and up.</param>
/// <param name="rounds">Times that it is measured; 0 for without end.</param>
/// <param name="settings">The virtual memory that it asks for.</param>
public sealed class MemoryBench(
    MemoryOperation operation, int pages, long rounds, MemorySettings settings) : IApplication
{
    private const ulong OrderSeed = 1991;

    /// <summary>Between two questions that nobody answers, so that time goes on.</summary>
    private const long UnmeasuredPausePs = Picoseconds.PerMillisecond;

    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public bool UsesPages => true;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Pages.Configure(settings);
        var range = await host.Pages.Map(pages, MemoryProtection.ReadWrite);
        if (range == 0)
            throw new ComponentFailureException($"{pages} pages: refused");
        for (var page = 0; page < pages; page++)
            await host.Pages.WriteWord(AddressOf(range, page), (uint)page);
        var bench = new Bench(host, range, pages);
        if (operation is MemoryOperation.Trap or MemoryOperation.Appel1 or MemoryOperation.Appel2)
            await host.Pages.OnFault(bench.Handle);
        if (operation == MemoryOperation.Appel1)
            await host.Pages.Protect(AddressOf(range, 1), pages - 1, MemoryProtection.Read);
        for (var round = 0L; rounds == 0 || round < rounds; round++)
        {
            await Measure(bench, round);
            await host.Settle();
        }
    }

    private static ulong AddressOf(ulong range, int page) =>
        range + ((ulong)page * Frame.SizeBytes);

    private EmulatedTask Measure(Bench bench, long round)
    {
        var page = (int)(round % pages);
        return operation switch
        {
            MemoryOperation.Dirty => bench.Dirty(page),
            MemoryOperation.Trap => bench.Trap(page),
            MemoryOperation.Prot1 => bench.Protect(page, 1, isProtecting: true),
            MemoryOperation.Prot100 => bench.Protect(0, pages, isProtecting: true),
            MemoryOperation.Unprot100 => bench.Protect(0, pages, isProtecting: false),
            // The page before it is the one that is not protected.
            MemoryOperation.Appel1 => bench.Swap((page + 1) % pages),
            _ => bench.ProtectAllTouchEach(),
        };
    }

    /// <summary>The state of one run.</summary>
    private sealed class Bench(ApplicationHost host, ulong range, int pages)
    {
        private readonly DeterministicRandom random = new(OrderSeed);
        private long handledPs;
        private int toProtect = -1;

        public async EmulatedTask Dirty(int page)
        {
            var startPs = host.ClockPs;
            if (await host.Pages.IsDirty(AddressOf(range, page)) is not null)
                host.Operations.Record(startPs, host.ClockPs);
            else
                host.Work(UnmeasuredPausePs);
        }

        public async EmulatedTask Trap(int page)
        {
            await Set(page, 1, MemoryProtection.Read);
            var startPs = host.ClockPs;
            await host.Pages.WriteWord(AddressOf(range, page), 1);
            host.Operations.Record(startPs, handledPs);
        }

        public async EmulatedTask Protect(int first, int count, bool isProtecting)
        {
            if (!isProtecting)
                await Set(first, count, MemoryProtection.Read);
            var startPs = host.ClockPs;
            await Set(
                first, count,
                isProtecting ? MemoryProtection.Read : MemoryProtection.ReadWrite);
            host.Operations.Record(startPs, host.ClockPs);
            if (isProtecting)
                await Set(first, count, MemoryProtection.ReadWrite);
        }

        public async EmulatedTask Swap(int page)
        {
            toProtect = (page + pages - 1) % pages;
            var startPs = host.ClockPs;
            await host.Pages.WriteWord(AddressOf(range, page), 1);
            host.Operations.Record(startPs, host.ClockPs);
        }

        public async EmulatedTask ProtectAllTouchEach()
        {
            var order = Shuffled();
            var startPs = host.ClockPs;
            await Set(0, pages, MemoryProtection.Read);
            foreach (var page in order)
                await host.Pages.WriteWord(AddressOf(range, page), 1);
            // Per page, as the paper prints it.
            var eachPs = (host.ClockPs - startPs) / pages;
            for (var page = 0; page < pages; page++)
                host.Operations.Record(startPs, startPs + eachPs);
        }

        public async EmulatedTask<bool> Handle(MemoryFault fault)
        {
            handledPs = host.ClockPs;
            var page = (int)((fault.Address - range) / Frame.SizeBytes);
            if (toProtect >= 0)
                await Set(toProtect, 1, MemoryProtection.Read);
            toProtect = -1;
            await Set(page, 1, MemoryProtection.ReadWrite);
            return true;
        }

        private async EmulatedTask Set(int first, int count, MemoryProtection protection)
        {
            if (!await host.Pages.Protect(AddressOf(range, first), count, protection))
                throw new ComponentFailureException($"pages {first}+{count}: refused");
        }

        private int[] Shuffled()
        {
            var order = new int[pages];
            for (var page = 0; page < pages; page++)
            {
                var other = (int)random.Below((ulong)page + 1);
                order[page] = order[other];
                order[other] = page;
            }

            return order;
        }
    }
}
