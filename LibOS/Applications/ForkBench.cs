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
        for (var page = 0; page < pages; page++)
            await host.Pages.WriteWord(AddressOf(data, page), (uint)page);
        for (var round = 0L; rounds == 0 || round < rounds; round++)
        {
            var mark = ParentsMark + (uint)round;
            await Measure(host, ForkOperation.Fork, async () =>
            {
                var child = await children.Fork(forked => RunChild(forked, data, round));
                if (child < 0)
                    throw new ComponentFailureException($"fork: refused ({child})");
                return child;
            }, out var made);
            await Write(host, ForkOperation.FirstWrite, data, mark);
            await children.Await(made.Value);
            await Require(host, data, mark);
        }
    }
}
