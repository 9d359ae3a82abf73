using Disguise.Host.Experiments;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>A suite is read whole or refused in one line.</summary>
public sealed class SuiteReaderSpecs
{
    [Fact]
    public void A_table_speaks_for_its_rows()
    {
        var suite = SampleSuite.Read();
        var (first, last) = (suite.Rows[0], suite.Rows[^1]);

        Assert.Equal(
            ("Table A", RowKind.Identity, "us", 0.38, "something is charged twice"),
            (first.Table, first.Kind, first.Unit, first.Paper, first.Mechanism));
        Assert.Equal("experiments/arrakis/table1.yaml", suite.ExperimentOf(first));
        Assert.Equal((RowKind.Point, "nobody built it"), (last.Kind, last.NotModelled));
        Assert.Null(suite.ExperimentOf(last));
        Assert.Equal(new Tolerances(0.005, 0.2, 0.15, 2), suite.Tolerances);
    }

    [Theory]
    [InlineData("kind: identity", "kind: identify", "did you mean identity")]
    [InlineData("native.ledger_us.total", "nativ.ledger_us.total", "did you mean native")]
    [InlineData("native.ledger_us.total", "native.ledger_us.sum", "no item sum")]
    [InlineData("native.ledger_us.total", "native.ledger_us.total +", "where a number")]
    [InlineData("    mechanism: something else\n", "    note: x\n", "no key note")]
    [InlineData("    mechanism: something else\n", "", "no mechanism to suspect")]
    [InlineData("not-modelled: nobody built it", "paper: 1", "has no value")]
    [InlineData("not-modelled: nobody built it", "not-modelled: a, holds: [a > 1]", "both given")]
    [InlineData("swept: the interface,", "", "low, high and swept")]
    [InlineData("paper: 1147,", "", "has no paper's value")]
    [InlineData("architecture: arrakis", "architecture: unikernel", "has no profile here")]
    [InlineData("  native: {", "  Native: {", "is no name of a run")]
    [InlineData("band: 2 }", "band: 0 }", "a number from 1")]
    public void A_mistake_is_one_line(string here, string there, string says)
    {
        var text = SampleSuite.Text.ReplaceLineEndings("\n");
        Assert.Contains(here, text, StringComparison.Ordinal);
        var at = text.IndexOf(here, StringComparison.Ordinal);

        var error = Assert.Throws<ExperimentError>(
            () => SampleSuite.Read(text[..at] + there + text[(at + here.Length)..]));

        Assert.StartsWith("sample.yaml:", error.Message);
        Assert.Contains(says, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_wrong_setting_is_found_before_any_run()
    {
        var text = SampleSuite.Text.Replace("warm-up: 100us", "warm-upp: 100us");

        var error = Assert.Throws<ExperimentError>(
            () => SampleSuite.Run([SampleSuite.Read(text)]));

        Assert.Contains("runs.native: warm-upp=100us", error.Message);
    }
}
