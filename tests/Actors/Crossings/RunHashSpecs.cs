using System.Diagnostics;
using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Actors.Tests.HashProgram;

namespace Disguise.Actors.Tests.Crossings;

public class RunHashSpecs
{
    private static readonly EmulationOptions Plain = new() { Seed = 7 };

    private static string PlainHash { get; } = Mesh.Run(Plain).Hash;

    [Fact]
    public void Two_threads_that_both_run_islands_give_the_hash_of_one()
    {
        var run = Mesh.Run(Plain with { Threads = 2 });

        Assert.Equal(PlainHash, run.Hash);
        var all = run.WorkerEventCounts.Sum();
        Assert.Equal(2, run.WorkerEventCounts.Count);
        Assert.All(run.WorkerEventCounts, count => Assert.True(count * 5 >= all));
    }

    [Fact]
    public void More_threads_than_islands_give_the_same_hash() =>
        Assert.Equal(PlainHash, Mesh.Run(Plain with { Threads = 7 }).Hash);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Windows_that_are_a_fraction_of_the_lookahead_give_the_same_hash(int divisor)
    {
        var whole = Mesh.Run(Plain);
        var cut = Mesh.Run(Plain with { WindowDivisor = divisor, Threads = divisor % 2 + 1 });

        Assert.Equal(PlainHash, cut.Hash);
        Assert.True(cut.WindowCount > whole.WindowCount);
    }

    [Fact]
    public void Batches_delivered_in_shuffled_order_give_the_same_hash()
    {
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var shuffled = Plain with { ShuffleSeed = (ulong)seed, Threads = (seed % 2) + 1 };
            Assert.Equal(PlainHash, Mesh.Run(shuffled).Hash);
        }
    }

    [Fact]
    public void A_run_in_many_pieces_gives_the_same_hash()
    {
        var plan = new MeshPlan();
        var pieces = plan with
        {
            Prepare = emulation =>
            {
                for (var untilPs = 0L; untilPs < plan.UntilPs; untilPs += 3_333_333)
                    emulation.Run(untilPs);
            },
        };
        Assert.Equal(PlainHash, Mesh.Run(Plain, pieces).Hash);
        Assert.Equal(PlainHash, Mesh.Run(Plain with { Threads = 2 }, pieces).Hash);
    }

    [Fact]
    public void Each_of_200_seeds_gives_its_own_hash_and_gives_it_twice()
    {
        var plan = new MeshPlan { UntilPs = 60_000_000 };
        var hashes = new HashSet<string>();
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var first = Mesh.Run(new EmulationOptions { Seed = seed }, plan).Hash;
            var second = Mesh.Run(new EmulationOptions { Seed = seed, Threads = 2 }, plan).Hash;
            Assert.Equal(first, second);
            Assert.True(hashes.Add(first));
        }
    }

    [Fact]
    public void Ten_processes_print_the_same_hash()
    {
        var hashes = Enumerable.Range(0, 10).Select(index => HashOfProcess(1 + (index % 2)));

        Assert.All(hashes, hash => Assert.Equal(PlainHash, hash));
    }

    [Fact]
    public void Taking_the_mailbox_for_every_event_gives_the_same_hash()
    {
        var mailboxes = Plain with { Islands = new IslandOptions { DirectInvocation = false } };
        var run = Mesh.Run(mailboxes);

        Assert.Equal(0, run.Direct);
        Assert.True(Mesh.Run(Plain).Direct > 0);
        Assert.Equal(PlainHash, run.Hash);
    }

    [Fact]
    public void Watching_crossings_and_lives_changes_nothing()
    {
        var watcher = new Watcher();
        var plan = new MeshPlan
        {
            Prepare = emulation =>
            {
                foreach (var island in emulation.Islands)
                {
                    island.Observer = watcher;
                    island.LifecycleObserver = watcher;
                    foreach (var actor in island.Actors)
                        actor.DeliveryObserver = watcher;
                }
            },
        };
        var run = Mesh.Run(Plain, plan);

        Assert.Equal(PlainHash, run.Hash);
        Assert.Equal(run.Crossings, watcher.CrossingCount);
        Assert.True(watcher.Lives[LifecycleKind.Stopped] >= 40);
        Assert.True(watcher.Lives[LifecycleKind.Restarted] >= 40);
        Assert.Equal(40, watcher.Lives[LifecycleKind.Terminated]);
    }

    [Fact]
    public void One_flipped_bit_of_one_frame_changes_the_hash() =>
        Assert.NotEqual(PlainHash, Mesh.Run(Plain, new MeshPlan { FlippedFrame = 20 }).Hash);

    [Fact]
    public void One_picosecond_more_for_one_piece_of_work_changes_the_hash() =>
        Assert.NotEqual(PlainHash, Mesh.Run(Plain, new MeshPlan { LongerWork = 50 }).Hash);

    [Fact]
    public void Every_delivery_is_a_crossing_or_a_listed_internal_message_or_was_stashed()
    {
        var run = Mesh.Run(Plain);

        Assert.True(run.Crossings > 1_000);
        Assert.True(run.Internals > 0);
        Assert.True(run.Redelivered > 0);
        Assert.Equal(run.Deliveries, run.Crossings + run.Internals + run.Redelivered);
    }

    [Fact]
    public void The_first_interval_that_differs_is_found()
    {
        var original = Mesh.Run(Plain).RunHash;
        var planted = Mesh.Run(Plain, new MeshPlan { FlippedFrame = 60 }).RunHash;

        var found = RunHash.FirstDifference(original, planted);

        Assert.NotNull(found);
        Assert.True(found.Value.FromPs > 0);
        Assert.Equal(original.IntervalPs, found.Value.ToPs - found.Value.FromPs);
        for (var interval = 0; interval < original.Kept.Count; interval++)
        {
            var isBefore = (interval + 1) * original.IntervalPs <= found.Value.FromPs;
            var isEqual = original.Kept[interval].AsSpan().SequenceEqual(planted.Kept[interval]);
            Assert.Equal(isBefore, isEqual);
        }
    }

    [Fact]
    public void Equal_runs_differ_nowhere() =>
        Assert.Null(RunHash.FirstDifference(Mesh.Run(Plain).RunHash, Mesh.Run(Plain).RunHash));

    [Fact]
    public void A_difference_is_found_between_hashes_that_were_kept_more_and_less_finely()
    {
        const int intervals = RunHash.KeptLimit + 500;
        var coarse = HashOf(intervals, planted: 40_001);
        var fine = HashOf(RunHash.KeptLimit, planted: -1);

        Assert.Equal(2, coarse.KeptEvery);
        Assert.Equal(1, fine.KeptEvery);
        Assert.Equal(
            new HashDifference(40_000, 40_002), RunHash.FirstDifference(coarse, fine));
    }

    private static RunHash HashOf(int intervals, int planted)
    {
        var hash = new RunHash(1);
        for (var interval = 0; interval < intervals; interval++)
        {
            if (interval == planted)
                hash.Close([UInt128.One]);
            else
                hash.CloseQuiet();
        }

        return hash;
    }

    private static string HashOfProcess(int threads)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(Mesh).Assembly.Location);
        start.ArgumentList.Add(Plain.Seed.ToString());
        start.ArgumentList.Add(threads.ToString());
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return printed.Trim();
    }
}
