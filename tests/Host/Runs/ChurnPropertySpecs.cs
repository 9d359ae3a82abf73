using CsCheck;
using Disguise.Host.Results;

namespace Disguise.Host.Tests.Runs;

/// <summary>What holds for any arrivals and lifetimes.</summary>
public sealed class ChurnPropertySpecs
{
    private const int Runs = 15;

    private static readonly Gen<string> Core =
        Gen.OneOf(Gen.Const("shared"), Gen.Const("own"), Gen.Const("1"));

    private static readonly Gen<string> Wait =
        Gen.OneOf(
            Gen.Const("doorbell"), Gen.Const("poll"), Gen.Const("adaptive(5us)"));

    private static readonly Gen<(int PerSecond, int LifetimeUs, int Places, ulong Seed)> Times =
        Gen.Select(Gen.Int[1_000, 80_000], Gen.Int[5, 800], Gen.Int[1, 12], Gen.ULong);

    [Fact]
    public void Nothing_is_owned_twice_and_the_hash_is_the_same_on_two_threads()
    {
        Gen.Select(Times, Core, Wait).Sample(
            (times, core, wait) =>
            {
                var churn = $"arrive: {times.PerSecond}/s\n        "
                    + $"lifetime: {times.LifetimeUs}us";
                var text = Text(churn, times.Places, core, wait);
                var one = ChurnWorld.Run(ChurnWorld.Read(text, $"seed={times.Seed}"));
                var two = ChurnWorld.Run(
                    ChurnWorld.Read(text, $"seed={times.Seed}"), threads: 2);

                Assert.Equal(one.Result.Hash, two.Result.Hash);
                var result = ChurnWorld.Churn(one);
                Assert.Equal(
                    result.Arrivals, result.Departures + result.EarlyEnds + result.Present);
                Assert.InRange(result.Present, 0, times.Places);
                Assert.Equal(
                    Summary(result), Summary(ChurnWorld.Churn(two)));
            },
            iter: Runs, threads: 1);
    }

    [Fact]
    public void When_all_have_gone_everything_is_back()
    {
        Gen.Select(Times, Core, Wait, Gen.Int[0, 500]).Sample(
            (times, core, wait, startUs) =>
            {
                var churn = $"start: {startUs}us\n        lifetime: {times.LifetimeUs}us";
                using var scene = ChurnScene.Of(ChurnWorld.Read(
                    Text(churn, times.Places, core, wait), $"seed={times.Seed}"));
                var frames = scene.Machine.Board.Frames.FreeFrameCount;
                var capabilities = scene.Kernel.Capabilities.Count();

                scene.RunFor(2_000_000_000);

                Assert.Equal(times.Places, scene.Book.Departures + scene.Book.EarlyEnds);
                // The IOMMU's own tables stay once they were needed: one for the domains and one
                // for each kind of function, however many came and went.
                Assert.InRange(frames - scene.Machine.Board.Frames.FreeFrameCount, 0, 3);
                Assert.Equal(capabilities, scene.Kernel.Capabilities.Count());
                Assert.Equal(scene.Kernel.Options.FrameCount, scene.Kernel.FreeFrames);
                Assert.Empty(scene.Kernel.Containers());
                Assert.Empty(scene.Kernel.Extents());
                Assert.Empty(scene.Kernel.Mappings());
                Assert.Empty(scene.Kernel.Cards());
                Assert.All(scene.Machine.Board.Cores, one => Assert.Null(one.Current));
                Assert.All(
                    Enumerable.Range(0, scene.Machine.Nic.VirtualFunctionCount),
                    function => Assert.Null(scene.Machine.Nic.StateOf(function)?.Mac));
            },
            iter: Runs, threads: 1);
    }

    private static string Text(string churn, int places, string core, string wait) =>
        ChurnWorld.Text(churn, places, load: "rate: 300000/s, timeout: 200us")
            .Replace("core: shared", $"core: {core}")
            .Replace("wait: doorbell", $"wait: {wait}")
            .Replace("duration: 4ms", "duration: 2ms");

    private static string Summary(ChurnResult churn) =>
        $"{churn with { Failed = new Dictionary<string, long>() }} "
        + string.Join(' ', churn.Failed);
}
