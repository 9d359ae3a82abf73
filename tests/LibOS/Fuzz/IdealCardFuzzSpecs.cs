using Xunit.Abstractions;

namespace Disguise.LibOS.Tests.Fuzz;

public sealed class IdealCardFuzzSpecs(ITestOutputHelper output) : FuzzShard(output)
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void No_frame_and_no_enemy_breaks_what_it_does_not_own(ulong seed) =>
        Fuzz(new FuzzOptions(seed, FramesPerRun));
}
