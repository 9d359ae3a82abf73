using System.Text.Json;
using Disguise.Host.Ablations;
using Disguise.Host.Commands;
using Disguise.Host.Results;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Ablations;

/// <summary>The verb as a person has it, between the two interfaces of one architecture.</summary>
public sealed class AblateSpecs
{
    private static readonly string[] Pair = ["--from", "arrakis:posix", "--to", "arrakis:native"];

    [Fact]
    public void The_steps_lead_exactly_from_one_side_to_the_other()
    {
        using var command = new CommandRun();
        var result = Ablate(command);
        var ablation = result.Ablation!;

        Assert.Equal(
            ablation.From.LatencyPs - ablation.Mechanisms.Sum(worth => worth.LatencyPs.Mean),
            ablation.AllRemoved.LatencyPs);
        Assert.Equal(
            ablation.AllRemoved.LatencyPs - ablation.Rest.LatencyPs, ablation.To.LatencyPs);
        Assert.Equal(
            ablation.From.OperationsPerSecond
                + ablation.Mechanisms.Sum(worth => worth.OperationsPerSecond.Mean)
                + ablation.Rest.OperationsPerSecond,
            ablation.To.OperationsPerSecond);
        Assert.Equal(32, ablation.Subsets.Count);
        Assert.Equal(32, ablation.Subsets
            .Select(subset => string.Join(' ', subset.Removed)).Distinct().Count());
        Assert.Equal(120, ablation.Orders);
        Assert.Contains("stack-receive-posix", ablation.RestCosts);
    }

    [Theory]
    [InlineData("--from", "exokernel")]
    [InlineData("--to", "arrakis")]
    public void A_side_that_cannot_run_there_is_refused_in_one_line(string option, string side)
    {
        using var command = new CommandRun();
        string[] sides = option == "--from"
            ? ["--from", "arrakis", "--to", side] : ["--from", "monolithic", "--to", side];
        var (code, output, errors) = command.Run(
            ["ablate", CommandRun.Shipped("exokernel/echo.yaml"), .. sides, "--quiet", "--out",
                command.PathOf("out")]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("arrakis cannot run on ", errors);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.False(Directory.Exists(command.PathOf("out")));
    }

    [Fact]
    public void Each_side_is_what_a_run_of_its_own_measures()
    {
        using var command = new CommandRun();
        var ablation = Ablate(command).Ablation!;
        var file = command.PathOf("small.yaml");
        var posix = command.Result(
            file, "--set", "machines.server.tenants.echo.interface=posix");
        var withoutCopies = command.Result(
            file, "--set", "machines.server.tenants.echo.interface=posix",
            "--set", "profile.copy-receive=0ps/B", "--set", "profile.copy-send=0ps/B");
        var native = command.Result(file);

        Assert.Equal(LatencyPs(posix), ablation.From.LatencyPs);
        Assert.Equal(LatencyPs(native), ablation.To.LatencyPs);
        var copy = ablation.Subsets.Single(subset => subset.Removed is ["copy"]);
        Assert.Equal(withoutCopies.GetProperty("hash").GetString(), copy.Hash);
        Assert.Equal(LatencyPs(withoutCopies), copy.Values.LatencyPs);
        var worth = ablation.Mechanisms.Single(mechanism => mechanism.Name == "copy");
        Assert.Equal(["copy-receive", "copy-send"], worth.Costs);
        Assert.Equal(LatencyPs(posix) - LatencyPs(withoutCopies), worth.LatencyPs.Mean);
    }

    [Fact]
    public void The_table_fits_a_terminal_and_the_report_draws_it()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
        [
            "ablate", command.Write("small.yaml", SmallWorld.Text), .. Pair, "--quiet", "--out",
            command.PathOf("out"),
        ]);

        Assert.Equal((0, ""), (code, errors));
        var lines = output.Split('\n').Where(line => !line.StartsWith("rerun")).ToList();
        Assert.All(lines, line => Assert.True(line.Length <= ResultTable.Columns, line));
        Assert.Contains(lines, line => line.StartsWith("- copy "));
        Assert.Contains(lines, line => line.StartsWith("= arrakis:native "));
        var report = File.ReadAllText(command.PathOf("out", "report.html"));
        Assert.Contains("<svg", report);
        Assert.Contains("all removed", report);
    }

    [Fact]
    public void A_crossover_is_where_the_order_turns()
    {
        using var command = new CommandRun();
        var result = Ablate(command, "--crossover", "--set", "duration=1ms");
        var crossover = result.Crossover!;
        var turning = crossover.Rows.Single(row => row.Cost == "stack-send-native");

        Assert.True(crossover.FromOperationsPerSecond < crossover.ToOperationsPerSecond);
        Assert.Equal(0, turning.FromPerOperation);
        Assert.InRange(turning.ToPerOperation!.Value, 0.9, 1.1);
        Assert.True(NativeRate(turning.Factor!.Value) < crossover.FromOperationsPerSecond);
        Assert.True(NativeRate(turning.Factor.Value * 0.97) >= crossover.FromOperationsPerSecond);
        var wires = crossover.Rows.Single(row => row.Cost == "nic-receive-pipeline");
        Assert.Equal((null, 1_000.0), (wires.Factor, wires.TriedFactor));
        var distances = crossover.Rows
            .Select(row => row.Factor is > 0 and var factor ? Math.Abs(Math.Log(factor)) : 1e9)
            .ToList();
        Assert.Equal(distances.Order(), distances);

        double NativeRate(double factor) => command.Result(
            command.PathOf("small.yaml"), "--set", "duration=1ms", "--set",
            $"profile.stack-send-native={Math.Round(170_000 * factor)}ps")
            .GetProperty("operations_per_s").GetDouble();
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--crossover")]
    public void Ctrl_C_leaves_a_folder_that_says_so(string option)
    {
        using var command = new CommandRun();
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();
        var (code, output, errors) = command.Run(
            interrupted.Token,
        [
            "ablate", command.Write("small.yaml", SmallWorld.Text), .. Pair, option, "--out",
            command.PathOf("out"),
        ]);

        Assert.Equal((ExitCodes.Interrupted, ""), (code, output));
        Assert.Contains("disguise: interrupted before there was an answer\n", errors);
        var result = ResultJson.Read(File.ReadAllBytes(command.PathOf("out", "result.json")));
        Assert.Equal("interrupted", result.Status);
        Assert.True(result.Ablation is null && result.Crossover is null);
        Assert.True(File.Exists(command.PathOf("out", "report.html")));
    }

    [Theory]
    [InlineData("--from arrakis:posx: arrakis has no interface posx; allowed: native, posix",
        "--from", "arrakis:posx", "--to", "arrakis")]
    [InlineData("--to arakis: no architecture arakis, did you mean arrakis; allowed: ",
        "--from", "arrakis", "--to", "arakis")]
    [InlineData("--from arrakis --to arrakis: both sides are the same; allowed: ",
        "--from", "arrakis", "--to", "arrakis")]
    [InlineData("--trace: an ablation records nothing; allowed: ", "--trace")]
    public void A_side_that_cannot_be_is_one_line(string problem, params string[] options)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            ["ablate", command.Write("small.yaml", SmallWorld.Text), "--quiet", .. options]);

        Assert.Equal((ExitCodes.BadInput, ""), (code, output));
        Assert.StartsWith(problem, errors);
        Assert.Single(errors, letter => letter == '\n');
    }

    private static ExperimentResult Ablate(CommandRun command, params string[] options)
    {
        var (code, output, errors) = command.Run(
        [
            "ablate", command.Write("small.yaml", SmallWorld.Text), .. Pair, "--json", "--quiet",
            "--out", command.PathOf("ablation"), .. options,
        ]);
        Assert.True(code == 0, errors);
        return ResultJson.Read(System.Text.Encoding.UTF8.GetBytes(output));
    }

    private static long LatencyPs(JsonElement run) => (long)Math.Round(
        run.GetProperty("latency_us").GetProperty("mean").GetDouble() * 1e6);
}
