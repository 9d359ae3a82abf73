using Disguise.Host.Results;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>When a row is met.</summary>
public sealed class RowJudgeSpecs
{
    private const string Head = """
        suite: sample
        title: A sample
        profiles: { arrakis: extaris }
        tolerance: { identity: 0.005, absolute: 20%, ratio: 15%, band: 2 }
        runs:
          one: { experiment: a.yaml, architecture: arrakis }
          two: { experiment: b.yaml, architecture: arrakis }
        tables:
          - table: T
            unit: us
            mechanism: m
            rows:
        """;

    [Theory]
    [InlineData("kind: identity, paper: 1.26", 1.265, RowVerdict.Met)]
    [InlineData("kind: identity, paper: 1.26", 1.2551, RowVerdict.Met)]
    [InlineData("kind: identity, paper: 1.26", 1.2549, RowVerdict.Unmet)]
    [InlineData("kind: identity, paper: 1.26", 1.2652, RowVerdict.Unmet)]
    [InlineData("kind: identity, paper: 0", 0, RowVerdict.Met)]
    [InlineData("kind: identity, paper: 0", 0.006, RowVerdict.Unmet)]
    [InlineData("kind: point, paper: 100", 120, RowVerdict.Met)]
    [InlineData("kind: point, paper: 100", 79.9, RowVerdict.Unmet)]
    [InlineData("kind: point, paper: 100, ratio: true", 115, RowVerdict.Met)]
    [InlineData("kind: point, paper: 100, ratio: true", 116, RowVerdict.Unmet)]
    [InlineData("kind: point", 5, RowVerdict.Predicted)]
    [InlineData("kind: input, paper: 100", 5, RowVerdict.Input)]
    public void A_number_is_held_to_the_tolerance_of_its_kind(
        string row, double emulated, RowVerdict verdict)
    {
        var outcome = Judge($"{row}, value: one.operations", ("one.operations", emulated));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(emulated, outcome.Emulated);
    }

    [Theory]
    [InlineData(60, 110, RowVerdict.Met)]
    [InlineData(110, 60, RowVerdict.Met)]
    [InlineData(101, 110, RowVerdict.Unmet)]
    [InlineData(60, 99, RowVerdict.Unmet)]
    [InlineData(60, 120.1, RowVerdict.Unmet)]
    public void A_band_has_the_paper_inside_and_is_no_wider_than_its_factor(
        double one, double other, RowVerdict verdict)
    {
        var outcome = Judge(
            "kind: band, paper: 100, swept: s, value: one.operations, low: one.operations, "
                + "high: two.operations",
            ("one.operations", one), ("two.operations", other));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal((Math.Min(one, other), Math.Max(one, other)), (outcome.Low, outcome.High));
    }

    [Theory]
    [InlineData(2, 1, RowVerdict.Predicted, 1)]
    [InlineData(1, 2, RowVerdict.Fails, 0)]
    public void A_shape_holds_or_says_what_does_not(
        double one, double two, RowVerdict verdict, double emulated)
    {
        var outcome = Judge(
            "kind: shape, holds: [ one.operations > two.operations, one.operations > 0 ]",
            ("one.operations", one), ("two.operations", two));

        Assert.Equal((verdict, emulated), (outcome.Verdict, outcome.Emulated));
        Assert.Equal(
            emulated == 1 ? null : "one.operations > two.operations (1 and 2)", outcome.Reason);
    }

    [Theory]
    [InlineData("kind: point, paper: 1, value: one.operations")]
    [InlineData("kind: shape, holds: [ one.operations > 1 ]")]
    [InlineData("kind: identity, paper: 1, value: one.operations")]
    public void What_has_no_run_is_not_measured_and_never_met(string row)
    {
        var outcome = Judge(row);

        Assert.Equal((RowVerdict.NotMeasured, null), (outcome.Verdict, outcome.Emulated));
        Assert.Equal(0, ValidationSummary.Of([outcome]).Met);
    }

    [Fact]
    public void A_row_whose_run_cannot_be_made_is_not_modelled_and_says_why()
    {
        var suite = SuiteReader.Read(
            "s.yaml", Row("kind: point, paper: 1, value: one.operations"));

        var outcome = new RowJudge(
            suite, path => ResultValue.NotMeasured(path),
            new Dictionary<string, string> { ["one"] = "the application ipc is not built" })
            .Judge().Single();

        Assert.Equal(RowVerdict.NotModelled, outcome.Verdict);
        Assert.Equal("the application ipc is not built", outcome.Reason);
    }

    [Fact]
    public void The_summary_counts_points_bands_and_shapes_that_have_a_printed_value()
    {
        RowOutcome Of(string kind, RowVerdict verdict) => new(
            SuiteReader.Read("s.yaml", Row($"kind: {kind}")).Rows[0], null, verdict, null, null,
            null, null);
        const string Value = "value: one.operations";
        const string Shape = "holds: [ one.operations > 1 ]";
        const string Band = $"{Value}, low: one.operations, high: one.operations, swept: s";

        var summary = ValidationSummary.Of(
        [
            Of($"point, paper: 1, {Value}", RowVerdict.Met),
            Of($"point, paper: 1, {Value}", RowVerdict.Unmet),
            Of($"band, paper: 1, {Band}", RowVerdict.Met),
            Of($"shape, paper: 1, {Shape}", RowVerdict.NotMeasured),
            Of($"point, {Value}", RowVerdict.Predicted),
            Of($"shape, {Shape}", RowVerdict.Fails),
            Of($"shape, {Shape}", RowVerdict.NotMeasured),
            Of($"identity, paper: 1, {Value}", RowVerdict.Met),
            Of($"identity, paper: 1, {Value}", RowVerdict.Unmet),
            Of($"input, paper: 1, {Value}", RowVerdict.Input),
            Of("input, paper: 1, not-modelled: n", RowVerdict.NotModelled),
            Of("point, not-modelled: n", RowVerdict.NotModelled),
            Of("identity, paper: 1, not-modelled: n", RowVerdict.NotModelled),
        ]);

        Assert.Equal(new ValidationSummary(2, 4, 1, 1, 3, 1), summary);
        Assert.Equal(
            "2 of 4 met, 1 predicted without a printed value, 1 shape fails, 3 not modelled",
            summary.ToString());
    }

    private static RowOutcome Judge(string row, params (string Path, double Value)[] values)
    {
        var suite = SuiteReader.Read("s.yaml", Row(row));
        ResultValue Find(string path) => values.Any(value => value.Path == path)
            ? ResultValue.Of(values.First(value => value.Path == path).Value)
            : ResultValue.NotMeasured(path);
        return new RowJudge(suite, Find, new Dictionary<string, string>()).Judge().Single();
    }

    private static string Row(string row) =>
        $"{Head.ReplaceLineEndings("\n")}\n      - {{ row: r, column: c, {row} }}\n";
}
