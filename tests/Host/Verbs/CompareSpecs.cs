using System.Text.Json;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Tests.Runs;
using Disguise.Host.Verbs;
using Disguise.LibOS.Composition;
using static Disguise.LibOS.Domains.TenantInterface;

namespace Disguise.Host.Tests.Verbs;

/// <summary>Several architectures in one result.</summary>
public sealed class CompareSpecs
{
    private static readonly IArchitecture Arrakis = Architectures.Of("arrakis");

    private static readonly IArchitecture[] Four =
    [
        Arrakis,
        new UnderAnotherName(Arrakis, "exokernel", Native),
        new UnderAnotherName(Arrakis, "monolithic", Posix),
        new UnderAnotherName(Arrakis, "microkernel", Posix),
    ];

    [Fact]
    public void Architectures_side_by_side_give_what_they_give_one_after_the_other()
    {
        using var command = new CommandRun();
        var (_, together) = Run(command, "together", new CommonOptions { Threads = 4 });
        var (_, alone) = Run(command, "alone", new CommonOptions { Threads = 1 });

        var hashes = RunsOf(together).Select(run => run.GetProperty("hash").GetString()).ToArray();
        Assert.Equal(
            hashes, RunsOf(alone).Select(run => run.GetProperty("hash").GetString()));
        Assert.Equal(
            ["arrakis", "exokernel", "monolithic", "microkernel"],
            RunsOf(together).Select(run => run.GetProperty("architecture").GetString()));
        Assert.Equal(
            together.GetProperty("hash").GetString(), alone.GetProperty("hash").GetString());
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void The_table_has_interface_wait_and_ratios_in_100_columns()
    {
        using var command = new CommandRun();
        var (output, result) = Run(command, "run", new CommonOptions());

        Assert.All(
            output.Split('\n').Where(line => !line.StartsWith("rerun", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 100));
        Assert.Matches(@"interface +native +native +posix +posix\n", output);
        Assert.Matches(@"wait +poll +poll +poll +poll\n", output);
        Assert.Matches(@"operations/s +[\d,]+ +[\d,]+ ×1.00 +[\d,]+ ×0.\d\d", output);
        var runs = RunsOf(result).ToArray();
        var ratio = runs[2].GetProperty("operations_per_s").GetDouble()
            / runs[0].GetProperty("operations_per_s").GetDouble();
        Assert.Contains(
            $"×{ratio.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)}",
            output.Split('\n').Single(line => line.StartsWith(
                "operations/s", StringComparison.Ordinal)));
    }

    [Fact]
    public void Expectations_over_several_architectures_are_checked()
    {
        using var command = new CommandRun();
        const string claim = "arrakis.operations_per_s / monolithic.operations_per_s > 1";
        const string wrong = "arrakis.latency_us.p50 > microkernel.latency_us.p50";
        var (_, result) = Run(
            command, "run", new CommonOptions(), $"expect=[\"{claim}\", \"{wrong}\"]");

        var checks = result.GetProperty("checks").EnumerateArray().ToArray();
        Assert.Equal(
            [true, false], checks.Select(check => check.GetProperty("holds").GetBoolean()));
        Assert.True(checks[0].GetProperty("left").GetDouble() > 1);
    }

    [Fact]
    public void An_expectation_of_an_architecture_that_did_not_run_says_so()
    {
        using var command = new CommandRun();
        var (code, output, _) = command.Run(
            "run", command.Write("small.yaml", SmallWorld.Text), "--out", command.PathOf("run"),
            "--set", "expect=[\"arrakis.operations_per_s / exokernel.operations_per_s > 1\"]");

        Assert.Equal(0, code);
        Assert.Contains("not checked  arrakis.operations_per_s / exokernel", output);
        Assert.Contains("the experiment was not run under 'exokernel'", output);
        Assert.Contains(
            "the experiment was not run under &#39;exokernel&#39;"
                .Replace("&#39;", "'", StringComparison.Ordinal),
            File.ReadAllText(command.PathOf("run", "report.html")));
    }

    [Fact]
    public void Finished_runs_stand_side_by_side_with_ratios_to_the_baseline()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        command.Result(file, "--out", command.PathOf("native"));
        command.Result(
            file, "--out", command.PathOf("posix"),
            "--set", "machines.server.tenants.echo.interface=posix");

        var first = command.Run("compare", command.PathOf("native"), command.PathOf("posix"));
        var second = command.Run(
            "compare", command.PathOf("native"), command.PathOf("posix"),
            "--baseline", command.PathOf("posix"));
        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Matches(@"folder +native +posix\n", first.Output);
        Assert.Matches(@"  p50 +[\d.]+ +[\d.]+ ×1.\d\d\n", first.Output);
        Assert.Matches(@"  p50 +[\d.]+ ×0.\d\d +[\d.]+\n", second.Output);

        var json = command.Run(
            "compare", command.PathOf("native"), command.PathOf("posix"), "--json");
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(2, document.RootElement.GetProperty("runs").GetArrayLength());
    }

    [Theory]
    [InlineData("--baseline", "nothing", "is none of what is compared")]
    [InlineData("--architecture", "arrakis", "finished runs have their architectures")]
    public void What_finished_runs_do_not_have_is_one_line(
        string option, string value, string message)
    {
        using var command = new CommandRun();
        command.Result(
            command.Write("small.yaml", SmallWorld.Text), "--out", command.PathOf("one"));

        var (code, output, errors) = command.Run(
            "compare", command.PathOf("one"), command.PathOf("one"), option, value);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, errors);
        Assert.Single(errors, letter => letter == '\n');
    }

    [Fact]
    public void A_folder_without_a_result_and_a_second_file_are_one_line()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var empty = command.Run("compare", command.Folder);
        var two = command.Run("compare", file, file);
        var baseline = command.Run("compare", file, "--quiet", "--baseline", "plan9");

        Assert.Contains("has no result.json", empty.Errors);
        Assert.Contains("one experiment at a time", two.Errors);
        Assert.Contains("is none of the architectures", baseline.Errors);
        foreach (var one in new[] { empty, two, baseline })
        {
            Assert.Equal(2, one.Code);
            Assert.Single(one.Errors, letter => letter == '\n');
        }
    }

    [Fact]
    public void A_file_that_names_no_architecture_is_compared_under_all_that_are_built()
    {
        using var command = new CommandRun();
        var text = SmallWorld.Text.Replace(
            "architecture: [arrakis]\n", "", StringComparison.Ordinal);
        var (code, output, _) = command.Run(
            "compare", command.Write("small.yaml", text), "--json", "--quiet",
            "--out", command.PathOf("run"));

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(
            Architectures.All.Select(architecture => architecture.Name).Order(),
            RunsOf(document.RootElement)
                .Select(run => run.GetProperty("architecture").GetString()!).Order());
    }

    [Fact]
    public void The_report_shows_one_request_for_each_architecture()
    {
        using var command = new CommandRun();
        Run(command, "run", new CommonOptions());
        var report = File.ReadAllText(command.PathOf("run", "report.html"));

        foreach (var architecture in Four)
            Assert.Contains($"of load[0] under {architecture.Name}: ", report);
        Assert.DoesNotContain("NaN", report);
    }

    private static IEnumerable<JsonElement> RunsOf(JsonElement result) =>
        result.GetProperty("runs").EnumerateArray();

    private static (string Output, JsonElement Result) Run(
        CommandRun command, string folder, CommonOptions common, params string[] settings)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(output, errors, CancellationToken.None);
        var path = command.PathOf(folder);
        new RecordedRuns(
            SmallWorld.Read(SmallWorld.Text, settings), Four, common with { Out = path }, terminal)
            .Run("arrakis");
        using var document = JsonDocument.Parse(
            File.ReadAllText(command.PathOf(folder, "result.json")));
        return (output.ToString(), document.RootElement.Clone());
    }
}
