using Disguise.Hardware.Nic;
using Xunit.Abstractions;

namespace Disguise.LibOS.Tests.Fuzz;

public sealed class X520FuzzSpecs(ITestOutputHelper output) : FuzzShard(output)
{
    [Fact]
    public void No_frame_and_no_enemy_breaks_what_it_does_not_own() =>
        Fuzz(new FuzzOptions(13, FramesPerRun) { Model = NicModel.X520 });

    [Fact]
    public void Nor_where_a_core_emulates_most_cards() => Fuzz(
        new FuzzOptions(14, FramesPerRun)
        {
            Model = NicModel.X520,
            SoftwareCards = 8,
            MeanPs = 1_500_000,
        });
}
