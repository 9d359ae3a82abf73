using Disguise.Host.Composition;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Whoever has ended leaves nothing behind in this process.</summary>
[Collection(nameof(ChurnMemorySpecs))]
public sealed class ChurnMemorySpecs
{
    // An ended tenant leaves its actors' ordinals: some words in arrays, and room to grow.
    private const long MostBytesPerEndedTenant = 160;

    [Fact]
    public void Ten_thousand_tenants_that_came_and_went_take_no_memory()
    {
        var experiment = ChurnWorld.Read(ChurnWorld.Text(
            "arrive: 100000/s\n        lifetime: 200us", places: 64, load: "rate: 20000/s"));
        var (world, phases) = SmallWorld.SetUp(experiment);
        using var held = world;
        var book = Assert.Single(world.Churn);
        RunUntilArrivals(world, phases, book, 2_000);
        var frames = world.Machines[0].Board.Frames.FreeFrameCount;
        var before = BytesInUse();

        RunUntilArrivals(world, phases, book, 12_000);
        var after = BytesInUse();

        Assert.InRange(
            (after - before) / (book.Arrivals - 2_000), long.MinValue, MostBytesPerEndedTenant);
        Assert.InRange(book.Arrivals - book.Departures - book.EarlyEnds, 0, 64);
        Assert.InRange(world.Machines[0].Board.Frames.FreeFrameCount - frames, -2_000, 2_000);
    }

    private static void RunUntilArrivals(
        World world, RunPhases phases, ChurnBook book, long arrivals)
    {
        while (book.Arrivals < arrivals)
            Assert.True(phases.RunUntil(world.Emulation.NowPs + 1_000_000_000));
    }

    private static long BytesInUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(true);
    }
}
