using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Tests.ExOS.Ipc;
using Disguise.LibOS.Tests.Worlds;
using Xunit;

namespace Disguise.LibOS.Tests.ExOS;

/// <summary>Fork as code of ExOS.</summary>
public class ForkSpecs
{
    private const int Pages = 80;

    [Fact]
    public void Parent_and_child_see_their_own_writes_and_what_was_there_before()
    {
        var read = new List<uint>();
        using var scene = new IpcScene().With("parent", async host =>
        {
            var data = await Filled(host, Pages);
            var child = await host.Children!.Fork(async forked =>
            {
                read.Add(await forked.Pages.ReadWord(data));
                await forked.Pages.WriteWord(data, 1_000);
                read.Add(await forked.Pages.ReadWord(data));
                read.Add(await forked.Pages.ReadWord(At(data, Pages - 1)));
                await forked.Settle();
            });
            Assert.True(child > 0);
            await host.Pages.WriteWord(data, 2_000);
            await host.Children.Await(child);
            read.Add(await host.Pages.ReadWord(data));
            read.Add(await host.Pages.ReadWord(At(data, Pages - 1)));
        }).Run();

        Assert.Equal([7, 1_000, 7 + Pages - 1, 2_000, 7 + Pages - 1], read);
        Check(scene);
    }

    [Fact]
    public void A_fork_is_calls_searches_and_entries_and_the_first_write_a_fault_and_a_copy()
    {
        SortedDictionary<string, long> fork = [];
        SortedDictionary<string, long> write = [];
        IpcScene scene = null!;
        scene = new IpcScene().With("parent", async host =>
        {
            var data = await Filled(host, Pages);
            var before = scene.Charges();
            await host.Children!.Fork(async child => await child.Settle());
            fork = Less(scene.Charges(), before);
            before = scene.Charges();
            await host.Pages.WriteWord(data, 1);
            write = Less(scene.Charges(), before);
        });
        using var running = scene.Run();

        // Made, protected, bound in two calls, given a slice.
        const int Calls = 5;
        Assert.Equal(Calls, fork[ExokernelCosts.KernelCall.Name]);
        Assert.Equal(1, fork[ExokernelCosts.PageTableLookupLinear.Name]);
        Assert.Equal(1, fork[ExokernelCosts.PageProtect.Name]);
        Assert.Equal(Pages - 1, fork[ExokernelCosts.PageProtectRangePage.Name]);
        Assert.Equal(2 * Pages, fork[ProfileCosts.PageTableEntry.Name]);
        Assert.False(fork.ContainsKey(ExokernelCosts.PageCopyByte.Name));
        Assert.Equal(1, write[ExokernelCosts.ExceptionForward.Name]);
        Assert.Equal(Frame.SizeBytes, write[ExokernelCosts.PageCopyByte.Name]);
        Assert.Equal(1, write[ExokernelCosts.KernelCall.Name]);
        Check(running);
    }

    [Fact]
    public void Children_that_crash_leave_their_parent_its_memory_and_go_with_it()
    {
        var hasWaited = false;
        using var scene = new IpcScene().With("parent", async host =>
        {
            var data = await Filled(host, Pages);
            for (var round = 0; round < 40; round++)
            {
                var child = await host.Children!.Fork(async forked =>
                {
                    for (var page = 0; page < Pages; page++)
                        await forked.Pages.WriteWord(At(data, page), 1);
                    throw new ComponentFailureException("a child's");
                });
                await host.Children.Await(child);
            }

            hasWaited = await host.Pages.ReadWord(data) == 7;
            await host.Children!.Fork(async forked =>
            {
                while (true)
                {
                    forked.Work(Picoseconds.PerMillisecond);
                    await forked.Settle();
                }
            });
        }).Run(10_000);

        Assert.True(hasWaited);
        Check(scene);
    }

    [Fact]
    public void Random_families_read_what_was_written_before_the_fork_or_by_themselves()
    {
        for (var seed = 0UL; seed < 12; seed++)
        {
            var random = new DeterministicRandom(seed);
            var family = new RandomFamily(random, pages: 16, steps: 24) { AwaitsChildren = true };
            var families = 0;
            using var scene = new IpcScene().With("parent", async host =>
            {
                await host.Pages.Configure(new() { FrameLimit = 48 });
                var data = await Filled(host, 16);
                await family.Run(host, data);
                families++;
            }).Run(4_000);
            Assert.Empty(family.Wrong);
            Assert.Equal(1, families);
            Check(scene);
        }
    }

    private static void Check(IpcScene scene)
    {
        var findings = new List<string>();
        scene.Kernel.CheckFrames(findings);
        Assert.Empty(findings);
        Assert.Equal(0, scene.Kernel.EnvironmentCount);
    }

    private static SortedDictionary<string, long> Less(
        SortedDictionary<string, long> after, SortedDictionary<string, long> before)
    {
        var rest = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in after)
        {
            if (count != before.GetValueOrDefault(name))
                rest[name] = count - before.GetValueOrDefault(name);
        }

        return rest;
    }

    private static async EmulatedTask<ulong> Filled(ApplicationHost host, int pages)
    {
        var data = await host.Pages.Map(pages, MemoryProtection.ReadWrite);
        for (var page = 0; page < pages; page++)
            await host.Pages.WriteWord(At(data, page), 7u + (uint)page);
        return data;
    }

    private static ulong At(ulong data, int page) => data + ((ulong)page * Frame.SizeBytes);
}
