using System.Globalization;
using CsCheck;
using Disguise.Host.Experiments.Expectations;
using Disguise.Host.Results;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class ExpectationSpecs
{
    private static readonly Dictionary<string, double> Result = new()
    {
        ["arrakis.operations_per_s"] = 1200,
        ["monolithic.operations_per_s"] = 400,
        ["arrakis.crossings_per_operation.system-call"] = 2,
        ["arrakis.injections[0].recovered_after_us"] = 7,
        ["tenants"] = 16,
    };

    [Theory]
    [InlineData("arrakis.operations_per_s / monolithic.operations_per_s > 1", 3, 1, true)]
    [InlineData("arrakis.operations_per_s / monolithic.operations_per_s == 3", 3, 3, true)]
    [InlineData("1 + 2 * 3 == 7", 7, 7, true)]
    [InlineData("(1 + 2) * 3 == 9", 9, 9, true)]
    [InlineData("10 - 4 - 3 == 3", 3, 3, true)]
    [InlineData("24 / 4 / 2 != 3", 3, 3, false)]
    [InlineData("--2 <= - -2", 2, 2, true)]
    [InlineData("arrakis.crossings_per_operation.system-call - 1 < 1", 1, 1, false)]
    [InlineData("arrakis.injections[0].recovered_after_us*2 >= 1.4e1", 14, 14, true)]
    [InlineData("tenants-1 > 15", 15, 15, false)]
    public void A_claim_holds_or_fails_with_both_sides(
        string text,
        double left,
        double right,
        bool holds
    )
    {
        var outcome = Expectation.Parse(text).Check(ValueOf);
        Assert.Equal(new ExpectationOutcome(text, left, right, holds, null), outcome);
    }

    [Fact]
    public void A_claim_about_a_run_that_was_not_made_is_not_checked()
    {
        var outcome = Expectation
            .Parse("exokernel.operations_per_s > 1")
            .Check(_ => new ResultValue(ResultValueKind.RunNotMade, null, "that run was not made"));
        Assert.Null(outcome.Holds);
        Assert.Equal("that run was not made", outcome.Reason);
    }

    [Fact]
    public void A_claim_about_what_was_not_measured_is_not_checked() =>
        Assert.Null(
            Expectation
                .Parse("arrakis.offered_per_s == 0")
                .Check(_ => new ResultValue(ResultValueKind.NotMeasured, null, null))
                .Holds
        );

    [Fact]
    public void A_path_that_the_result_lacks_fails_and_says_so()
    {
        var outcome = Expectation.Parse("arrakis.operations_per_sec > 1").Check(ValueOf);
        Assert.False(outcome.Holds);
        Assert.Equal("no arrakis.operations_per_sec", outcome.Reason);
    }

    [Fact]
    public void A_division_by_zero_fails() =>
        Assert.False(Expectation.Parse("1 / (tenants - 16) > 0").Check(ValueOf).Holds);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("a")]
    [InlineData("a = 1")]
    [InlineData("a == ")]
    [InlineData("== 1")]
    [InlineData("a == 1 == 1")]
    [InlineData("(a == 1)")]
    [InlineData("a. == 1")]
    [InlineData("a..b == 1")]
    [InlineData("a[x] == 1")]
    [InlineData("a[0 == 1")]
    [InlineData("a + == 1")]
    [InlineData("a b == 1")]
    [InlineData("1.2.3 == 1")]
    [InlineData("1e999 == 1")]
    [InlineData("a == 1 $")]
    public void What_is_no_claim_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Expectation.Parse(text));

    [Fact]
    public void Deep_nesting_is_refused_and_not_followed() =>
        Assert.Throws<FormatException>(() =>
            Expectation.Parse(new string('(', 900) + "1" + new string(')', 900) + " == 1")
        );

    [Fact]
    public void A_formula_has_the_value_that_a_naive_evaluator_gives() =>
        Trees(4)
            .Sample(
                tree =>
                {
                    var outcome = Expectation.Parse($"{tree.Text} == 0").Check(ValueOf);
                    if (double.IsFinite(tree.Value))
                        Assert.Equal(tree.Value, outcome.Left);
                    else
                        Assert.Null(outcome.Left);
                },
                iter: 5_000
            );

    /// <summary>
    /// Fully parenthesised formulas beside their values, which were computed while growing.
    /// </summary>
    private static Gen<(string Text, double Value)> Trees(int depth)
    {
        var leaf = Gen.OneOf<(string, double)>(
            Gen.Int[0, 1000].Select(n => (n.ToString(CultureInfo.InvariantCulture), (double)n)),
            Gen.OneOf<string>(Result.Keys.ToArray()).Select(path => (path, Result[path]))
        );
        if (depth == 0)
            return leaf;
        var inner = Trees(depth - 1);
        return Gen.OneOf<(string, double)>(
            leaf,
            inner.Select(tree => ($"-({tree.Item1})", -tree.Item2)),
            Gen.Select(
                inner,
                Gen.Char["+-*/"],
                inner,
                (left, sign, right) =>
                    (
                        $"({left.Item1} {sign} {right.Item1})",
                        sign switch
                        {
                            '+' => left.Item2 + right.Item2,
                            '-' => left.Item2 - right.Item2,
                            '*' => left.Item2 * right.Item2,
                            _ => left.Item2 / right.Item2,
                        }
                    )
            )
        );
    }

    private static ResultValue ValueOf(string path) =>
        Result.TryGetValue(path, out var value)
            ? new ResultValue(ResultValueKind.Number, value, null)
            : new ResultValue(ResultValueKind.Unknown, null, $"no {path}");
}
