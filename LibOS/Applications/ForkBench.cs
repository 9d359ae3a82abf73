using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Forks again and again with so many pages that it has written (Kaashoek et al., SOSP 1997,
/// section 6.2: "fork" takes ExOS six milliseconds, and its peers less than one). Parent and child
/// then write the same page, and each has to find its own value and what the other pages held
/// before. What is measured is one of fork, the parent's first write and the child's.
/// </summary>
/// <param name="operation">What is measured.</param>
/// <param name="pages">Pages that are shared, 2 and up.</param>
/// <param name="rounds">Forks; 0 for without end.</param>
/// <param name="settings">The virtual memory that it asks for.</param>
public sealed class ForkBench(
    ForkOperation operation, int pages, long rounds, MemorySettings settings) : IApplication
{
    private const uint ParentsMark = 0x5000_0000;
    private const uint ChildsMark = 0xC000_0000;

    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public bool UsesPages => true;

    /// <inheritdoc/>
    public bool Forks => true;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        if (host.Children is not { } children)
            throw new ComponentFailureException("nobody implements fork here");
        await host.Pages.Configure(settings);
        var data = await host.Pages.Map(pages, MemoryProtection.ReadWrite);
        if (data == 0)
            throw new ComponentFailureException($"{pages} pages: refused");
        var bench = new Bench(host, operation, data, pages);
        for (var round = 0L; rounds == 0 || round < rounds; round++)
        {
            await bench.Fork(children, (uint)round);
            await host.Settle();
        }
    }

    private static ulong AddressOf(ulong data, int page) =>
        data + ((ulong)page * Frame.SizeBytes);

    /// <summary>The state of one run, in its parent or a child.</summary>
    private sealed class Bench(
        ApplicationHost host, ForkOperation operation, ulong data, int pages)
    {
        public async EmulatedTask Fork(IChildPrograms children, uint round)
        {
            // A program that has run since the last time: all its pages are to be protected.
            for (var page = 0; page < pages; page++)
                await host.Pages.WriteWord(AddressOf(data, page), (uint)page);
            var startPs = host.ClockPs;
            var child = await children.Fork(
                forked => new Bench(forked, operation, data, pages).Child(round));
            Record(ForkOperation.Fork, startPs);
            if (child < 0)
                throw new ComponentFailureException($"fork: refused ({child})");
            await Write(ForkOperation.FirstWrite, ParentsMark + round);
            await children.Await(child);
            await Require(ParentsMark + round);
        }

        private async EmulatedTask Child(uint round)
        {
            await Write(ForkOperation.ChildWrite, ChildsMark + round);
            await Require(ChildsMark + round);
            await host.Settle();
        }

        private async EmulatedTask Write(ForkOperation measured, uint mark)
        {
            var startPs = host.ClockPs;
            await host.Pages.WriteWord(data, mark);
            Record(measured, startPs);
        }

        private async EmulatedTask Require(uint mark)
        {
            if (await host.Pages.ReadWord(data) != mark
                || await host.Pages.ReadWord(AddressOf(data, pages - 1)) != pages - 1)
                throw new ComponentFailureException("another's write is seen, or none's");
        }

        private void Record(ForkOperation measured, long startPs)
        {
            if (measured == operation)
                host.Operations.Record(startPs, host.ClockPs);
        }
    }
}
