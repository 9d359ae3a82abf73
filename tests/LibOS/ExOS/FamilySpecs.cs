using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Tests.ExOS.Ipc;
using Disguise.LibOS.Tests.Worlds;
using Xunit;

namespace Disguise.LibOS.Tests.ExOS;

/// <summary>What an environment does that has children: it gives memory back, waits for them, and
/// makes no more than it may.</summary>
public sealed class FamilySpecs
{
    private const int Pages = 8;
    private const long Ms = Picoseconds.PerMillisecond;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 2)]
    public void Frames_that_a_child_has_too_are_not_given_back(int amount, int given)
    {
        var (parents, childs) = (new List<uint>(), new List<uint>());
        var (isAsked, isDone) = (false, false);
        using var scene = new IpcScene().With("parent", async host =>
        {
            await host.Pages.Configure(new() { FrameLimit = Pages + 4 });
            var data = await Filled(host, Pages);
            await host.Children!.Fork(async forked =>
            {
                while (!isAsked)
                    await Work(forked);
                await ReadAll(forked, data, childs);
                isDone = true;
                while (true)
                    await Work(forked);
            });
            // Copies take what nobody uses.
            for (var page = 0; page < 4; page++)
                await host.Pages.WriteWord(At(data, page), 100 + (uint)page);
            while (!isDone)
                await Work(host);
            await ReadAll(host, data, parents);
            while (true)
                await Work(host);
        }).Run(100);
        var before = Owned(scene);
        scene.AskForFrames("parent", amount, 1, 10_000 * Ms).Run(100);
        isAsked = true;
        scene.Run(300);

        Assert.Equal([100, 101, 102, 103, 11, 12, 13, 14], parents);
        Assert.Equal([7, 8, 9, 10, 11, 12, 13, 14], childs);
        Assert.Equal(given, before - Owned(scene));
        Check(scene);
    }

    [Fact]
    public void Random_families_of_which_frames_are_asked_read_what_they_have_written()
    {
        const int Few = 12;
        var (finished, returned) = (0, 0);
        for (var seed = 0UL; seed < 30; seed++)
        {
            var random = new DeterministicRandom(seed);
            var family = new RandomFamily(random, Few, steps: 60)
            {
                AwaitsChildren = true,
                AfterStep = Work,
            };
            using var scene = new IpcScene().With("parent", async host =>
            {
                await host.Pages.Configure(new() { FrameLimit = 3 * Few });
                var data = await Filled(host, Few);
                await family.Run(host, data);
                finished++;
            }).Run(1);
            for (var order = 0; order < 6; order++)
            {
                scene.AskForFrames(
                    "parent", 1 + (int)random.Below(8), (long)random.Below(12 * (ulong)Ms),
                    9_000 * Ms);
            }

            scene.Run(4_000);
            Assert.Empty(family.Wrong);
            Check(scene);
            returned += scene.Revocations
                .Where(report => report.Result == RevocationResult.Returned)
                .Sum(report => report.Amount);
        }

        Assert.True(finished > 15, $"{finished} finished");
        Assert.True(returned > 100, $"{returned} frames came back");
    }

    [Fact]
    public void Who_waits_for_a_child_does_not_wait_for_who_has_its_number_next()
    {
        var (hasGone, hasWaited, stranger, child) = (false, false, -1, 0);
        using var scene = new IpcScene().With("parent", async host =>
        {
            child = await host.Children!.Fork(async forked =>
            {
                await forked.Settle();
                hasGone = true;
            });
            while (stranger < 0)
                await Work(host);
            await host.Children.Await(child);
            hasWaited = true;
        }).With("neighbour", async host =>
        {
            while (!hasGone)
                await Work(host);
            await Work(host);
            stranger = await host.Children!.Fork(async forked =>
            {
                while (true)
                    await Work(forked);
            });
            while (true)
                await Work(host);
        }).Run(2_000);

        Assert.Equal(child, stranger);
        Assert.True(hasWaited);
    }

    [Fact]
    public void A_child_that_gets_no_slice_is_ended()
    {
        var child = 0;
        var environments = 0;
        IpcScene scene = null!;
        scene = new IpcScene().With("parent", async host =>
        {
            await Filled(host, Pages);
            for (var position = 0; position < 4_096; position++)
                await host.Processor!.TakeSlice(position);
            child = await host.Children!.Fork(async forked => await forked.Settle());
            environments = scene.Kernel.EnvironmentCount;
        });
        using var running = scene.Run(2_000);

        Assert.Equal(-(int)ExokernelRefusal.SliceIsTaken, child);
        Assert.Equal(1, environments);
        Check(scene);
        Assert.Equal(0, scene.Kernel.EnvironmentCount);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(8, false)]
    public void A_family_takes_not_all_the_environments_that_there_are(int limit, bool isLeft)
    {
        var made = new List<int>();
        var isFull = false;
        var neighbours = 0;
        using var scene = new IpcScene
        {
            Options = new() { EnvironmentLimit = 8, EnvironmentsPerFamily = limit },
        }.With("hostile", async host => await Breed(host)).With("neighbour", async host =>
        {
            while (!isFull)
                await Work(host);
            neighbours = await host.Children!.Fork(async forked => await forked.Settle());
        }).Run(1_000);

        Assert.Equal(Math.Min(limit, 6), made.Count(child => child > 0));
        Assert.Contains(-(int)ExokernelRefusal.TooManyEnvironments, made);
        Assert.Equal(isLeft, neighbours > 0);

        async EmulatedTask Breed(ApplicationHost host)
        {
            // Children make children: it is all one family.
            var child = await host.Children!.Fork(async forked => await Breed(forked));
            made.Add(child);
            isFull |= child < 0;
            while (true)
                await Work(host);
        }
    }

    private static long Owned(IpcScene scene)
    {
        var findings = new List<string>();
        return scene.Kernel.CheckFrames(findings);
    }

    private static void Check(IpcScene scene)
    {
        var findings = new List<string>();
        scene.Kernel.CheckFrames(findings);
        Assert.Empty(findings);
    }

    private static async EmulatedTask Work(ApplicationHost host)
    {
        host.Work(Ms / 10);
        await host.Settle();
    }

    private static async EmulatedTask<ulong> Filled(ApplicationHost host, int pages)
    {
        var data = await host.Pages.Map(pages, MemoryProtection.ReadWrite);
        for (var page = 0; page < pages; page++)
            await host.Pages.WriteWord(At(data, page), 7u + (uint)page);
        return data;
    }

    private static async EmulatedTask ReadAll(
        ApplicationHost host, ulong data, List<uint> found)
    {
        for (var page = 0; page < Pages; page++)
            found.Add(await host.Pages.ReadWord(At(data, page)));
    }

    private static ulong At(ulong data, int page) => data + ((ulong)page * Frame.SizeBytes);
}
