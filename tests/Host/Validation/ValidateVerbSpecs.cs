using System.Text.Json;
using Disguise.Host.Commands;
using Disguise.Host.Tests.Runs;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>The verb from its options to its exit code.</summary>
public sealed class ValidateVerbSpecs
{
    private static readonly string[] Keys =
    [
        "suite", "table", "row", "column", "unit", "kind", "paper", "emulated", "ratio", "low",
        "high", "experiment",
    ];

    [Fact]
    public void The_last_line_says_how_many_are_met_and_a_missed_point_is_no_error()
    {
        var (code, output, _) = SampleSuite.Run([SampleSuite.Read()]);
        var lines = output.TrimEnd('\n').Split('\n');

        Assert.Equal(0, code);
        Assert.Equal(
            "1 of 2 met, 2 predicted without a printed value, 1 shape fails, 1 not modelled",
            lines[^1]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains("not met\n  Figure B, native to posix, 0 us: ", output);
        Assert.Contains("\n    suspected: something else\n", output);
        Assert.Contains("predictions that do not hold\n  Figure B, posix is faster: ", output);
        Assert.Contains("not modelled\n  Figure B: nobody built it\n    1: more\n", output);
    }

    [Fact]
    public void What_runs_of_a_missed_row_dropped_is_said_beside_what_is_suspected()
    {
        const string Text = """
            suite: sample
            title: A sample
            profiles: { monolithic: linux-3.8 }
            tolerance: { identity: 0.005, absolute: 20%, ratio: 15%, band: 2 }
            runs:
              flood: { experiment: experiments/arrakis/echo.yaml, architecture: monolithic, set: {
                duration: 3ms, warm-up: 5ms, machines.server.tenants.echo.interface: posix } }
            tables:
              - table: Figure C
                unit: k packets/s
                kind: point
                mechanism: what is dropped costs what it costs
                rows:
                  - { row: flooded, column: "", paper: 1147,
                      value: flood.operations_per_s / 1000 }
            """;
        var (code, output, _) = SampleSuite.Run([SampleSuite.Read(Text)]);

        Assert.Equal(0, code);
        Assert.Contains(
            "suspected: what is dropped costs what it costs\n"
            + "    seen: flood drops for each request that it serves ",
            output);
        Assert.Contains(" socket-buffer-full", output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void An_identity_that_does_not_hold_is_exit_code_1()
    {
        var (code, output, _) = SampleSuite.Run(
            [SampleSuite.Read()],
            new CommonOptions { Quiet = true, Set = ["profile.stack-send-native=180ns"] });

        Assert.Equal(1, code);
        Assert.Contains("not met\n  Table A, stack, native: 0.39", output);
        Assert.Contains("suspected: something is charged twice", output);
    }

    [Fact]
    public void Its_json_is_that_of_the_contract_whatever_the_threads()
    {
        string Json(int threads)
        {
            var (code, output, errors) = SampleSuite.Run(
                [SampleSuite.Read()],
                new CommonOptions { Json = true, Quiet = true, Threads = threads });
            Assert.Equal((0, ""), (code, errors));
            return output;
        }

        var json = Json(1);
        Assert.Equal(json, Json(2));
        using var document = JsonDocument.Parse(json);
        Assert.Equal(["rows"], document.RootElement.EnumerateObject().Select(key => key.Name));
        var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(9, rows.Count);
        foreach (var row in rows)
        {
            var hasPaper = row.TryGetProperty("paper", out _);
            Assert.Equal(
                Keys.Where(key => hasPaper || key is not ("paper" or "ratio")),
                row.EnumerateObject().Select(key => key.Name));
        }

        Assert.Equal(
            ("sample", "Table A", "stack", "native", "us", "identity"),
            (Text(rows[0], "suite"), Text(rows[0], "table"), Text(rows[0], "row"),
                Text(rows[0], "column"), Text(rows[0], "unit"), Text(rows[0], "kind")));
        Assert.Equal("experiments/arrakis/table1.yaml", Text(rows[0], "experiment"));
        Assert.InRange(rows[0].GetProperty("ratio").GetDouble(), 0.99, 1.01);
        Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("low").ValueKind);
        Assert.True(rows[5].GetProperty("low").GetDouble() < 700);
        Assert.Equal(JsonValueKind.Null, rows[8].GetProperty("emulated").ValueKind);
    }

    [Fact]
    public void The_ledger_gives_back_table_1_of_the_paper()
    {
        var suite = SuiteCatalog.Load(["arrakis"]).Single();
        var rows = suite.Rows.Where(row => row.Table == "Table I").ToList();
        var runs = rows.SelectMany(row => row.Paths).Select(path => suite.RunOf(path)).Distinct();

        var (code, output, _) = SampleSuite.Run([suite with { Rows = rows, Runs = [.. runs] }]);

        Assert.Equal(0, code);
        Assert.DoesNotContain("differs", output);
        Assert.Contains("equal", output);
    }

    [Fact]
    public void A_suite_that_is_none_is_one_line_and_exit_code_2()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run("validate", "arakis");

        Assert.Equal((2, ""), (code, output));
        Assert.Equal(
            "validate arakis: no suite of that name, did you mean arrakis; allowed: "
            + "arrakis, exokernel, xok\n",
            errors);
    }

    [Fact]
    public void An_interruption_gives_what_was_measured_and_is_exit_code_130()
    {
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();

        var (code, output, errors) = SampleSuite.Run(
            [SampleSuite.Read()], interrupted: interrupted.Token);

        Assert.Equal(130, code);
        Assert.Matches(
            @"^validate: interrupted; 0 of \d+ runs were made to their end\n$", errors);
        Assert.Contains("not measured\n  Table A, stack, native: its run gave no value", output);
        Assert.EndsWith(
            "\n0 of 2 met, 0 predicted without a printed value, 0 shapes fail, 1 not modelled\n",
            output);
    }

    private static string? Text(JsonElement row, string key) => row.GetProperty(key).GetString();
}
