using Disguise.Actors.Execution;
using Disguise.Actors.Randomness;
using Disguise.Hardware.Memory;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.Tests.Worlds;

/// <summary>
/// Programs that write, read and fork at random, down to grandchildren: each is to read what was
/// written before its fork or by itself. Page <c>n</c> holds <c>7 + n</c> at the begin.
/// </summary>
internal sealed class RandomFamily(DeterministicRandom random, int pages, int steps)
{
    /// <summary>What was read and is not what was written.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Whether every second child is waited for.</summary>
    public bool AwaitsChildren { get; init; }

    /// <summary>What each does after each step.</summary>
    public Func<ApplicationHost, EmulatedTask>? AfterStep { get; init; }

    /// <summary>The first of them, with its pages from an address on.</summary>
    public EmulatedTask Run(ApplicationHost host, ulong data) => Run(
        host, data, [.. Enumerable.Range(0, pages).Select(page => 7u + (uint)page)], 0);

    private async EmulatedTask Run(ApplicationHost host, ulong data, uint[] model, int depth)
    {
        for (var step = 0; step < steps; step++)
        {
            var page = (int)random.Below((ulong)pages);
            var choice = random.Below(depth < 2 ? 8UL : 7UL);
            var address = data + ((ulong)page * Frame.SizeBytes);
            if (choice < 4)
            {
                model[page] = (uint)random.Below(1 << 30);
                await host.Pages.WriteWord(address, model[page]);
            }
            else if (choice < 7)
            {
                if (await host.Pages.ReadWord(address) != model[page])
                    Wrong.Add($"depth {depth} page {page}");
            }
            else
            {
                var copy = (uint[])model.Clone();
                var child = await host.Children!.Fork(
                    async forked => await Run(forked, data, copy, depth + 1));
                if (AwaitsChildren && child > 0 && step % 2 == 0)
                    await host.Children.Await(child);
            }

            if (AfterStep is not null)
                await AfterStep(host);
        }

        await host.Settle();
    }
}
