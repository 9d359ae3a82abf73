using Disguise.Host.Results;
using Xunit;

namespace Disguise.Host.Tests.Results;

public sealed class ResultTableSpecs
{
    [Fact]
    public void Two_architectures_stand_side_by_side() =>
        Golden.Check("Results", "result-table", Text(SampleResult.Make()));

    [Fact]
    public void Five_architectures_fit_100_columns()
    {
        var run = SampleResult.Make().Runs[1];
        var result = SampleResult.Make() with
        {
            Runs = [.. Enumerable.Range(1, 5).Select(number => run with
            {
                Architecture = $"architecture-with-a-long-name-{number}",
                Platform = $"platform-{number}",
                Profile = number == 1 ? null : "linux-3.8",
            })],
            Checks =
            [
                new CheckResult { Expect = string.Join(" + ", Enumerable.Repeat("tenants", 40)) },
                new CheckResult { Expect = new string('#', 250), Holds = false },
            ],
        };
        var lines = Text(result).Split('\n');
        Assert.All(
            lines.Where(line => !line.StartsWith("rerun")),
            line => Assert.InRange(line.Length, 0, ResultTable.Columns));
        Assert.Equal(2, lines.Count(line => line.StartsWith("operations/s")));
        Assert.Equal(2, lines.Count(line => line.StartsWith("profile")));
        Assert.Equal(250, lines.Sum(line => line.Count(letter => letter == '#')));
    }

    [Fact]
    public void Both_sides_of_a_failed_check_are_printed()
    {
        var text = Text(SampleResult.Make());
        Assert.Contains("fails        arrakis.operations_per_s / monolithic", text);
        Assert.Contains("left 3.5625, right 5", text);
        Assert.Contains("not checked  exokernel.operations_per_s > 0", text);
    }

    [Fact]
    public void What_was_not_measured_is_a_dash_and_what_is_0_a_zero()
    {
        var result = SampleResult.Make() with
        {
            Runs = [new RunResult { Architecture = "arrakis", KernelMessagesOnDataPath = 0 }],
        };
        var text = Text(result);
        Assert.Matches(@"operations/s +-\n", text);
        Assert.Matches(@"kernel messages, data path +0\n", text);
        Assert.Matches(@"crossings/operation +-\n", text);
    }

    [Fact]
    public void Colour_is_used_only_when_wanted_and_for_what_is_wrong()
    {
        Assert.DoesNotContain('\e', Text(SampleResult.Make()));
        using var writer = new StringWriter();
        ResultTable.Write(writer, SampleResult.Make(), colour: true);
        Assert.Contains("\e[31mreferee packets", writer.ToString());
        Assert.DoesNotContain("\e[31mreferee frame-ownership", writer.ToString());
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(8_550_000.4, "8,550,000")]
    [InlineData(999.97, "1,000")]
    [InlineData(212.5, "212.5")]
    [InlineData(1.813257, "1.8133")]
    [InlineData(0.0000123, "1.23e-5")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(null, "-")]
    public void Numbers_are_short(double? number, string text) =>
        Assert.Equal(text, ResultText.Number(number));

    private static string Text(ExperimentResult result)
    {
        using var writer = new StringWriter();
        ResultTable.Write(writer, result, colour: false);
        return writer.ToString();
    }
}
