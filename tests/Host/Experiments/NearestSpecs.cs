using CsCheck;
using Disguise.Host.Experiments;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class NearestSpecs
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("wait", "wiat", 1)]
    [InlineData("seed", "sed", 1)]
    [InlineData("cores", "score", 2)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_edits_and_swaps(string left, string right, int edits) =>
        Assert.Equal(edits, Nearest.Distance(left, right));

    [Fact]
    public void The_distance_is_symmetric_and_zero_only_for_equals() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 8], Gen.String[Gen.Char["abc"], 0, 8])
            .Sample(
                (left, right) =>
                    Nearest.Distance(left, right) == Nearest.Distance(right, left)
                    && Nearest.Distance(left, right) == 0 == (left == right)
            );

    [Fact]
    public void The_nearest_of_none_is_none() => Assert.Null(Nearest.To("x", []));
}
