using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.LibOS.Tests.Worlds;
using Xunit.Abstractions;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>A part of the fuzz; parts run side by side.</summary>
public abstract class FuzzShard(ITestOutputHelper output)
{
    /// <summary>Frames of all shards together: a million.</summary>
    private protected const long FramesPerRun = 250_000;

    private protected void Fuzz(FuzzOptions options)
    {
        output.WriteLine($"seed {options.Seed}");
        using var run = new FuzzRun(options);

        run.Run();
        run.Drain();

        WorldCounters.Check(run.World, isAtRest: true);
        Assert.Equal(options.Frames, run.Fuzzer.ValidCount + run.Fuzzer.MutatedCount);
        Assert.InRange(
            run.Fuzzer.MutatedCount, options.Frames * 48 / 100, options.Frames * 52 / 100);
        Assert.Equal(3, run.CountServing());
        Assert.Empty(run.World.Failures);
        WorldCounters.Check(run.World, isAtRest: true);
        CheckThatItBites(run.World);
    }

    /// <summary>The enemies got as far as to be refused in many ways.</summary>
    private static void CheckThatItBites(TenantWorld world)
    {
        var refusals = Enum.GetValues<RefusalReason>()
            .Count(reason => world.Kernel.Refusals[reason] > 0);
        Assert.InRange(refusals, 20, int.MaxValue);
        Assert.InRange(world.Kernel.FaultCount, 100, long.MaxValue);
        Assert.InRange(world.Kernel.RefusedOrderCount, 10, long.MaxValue);
        Assert.InRange(WorldCounters.DropsOf(world).Count(), 17, int.MaxValue);
    }
}
