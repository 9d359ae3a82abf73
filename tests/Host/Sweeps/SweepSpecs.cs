using System.Text.Json;
using Disguise.Host.Commands;
using Disguise.Host.Sweeps;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Sweeps;

/// <summary>The verb as a person has it.</summary>
public sealed class SweepSpecs
{
    /// <summary>Poisson arrivals, so that seeds differ.</summary>
    private const string Open = """
        name: swept
        platform: xeon-e5-2430-x520
        profile: extaris
        seed: 3
        duration: 300us
        architecture: [arrakis]
        machines:
          - name: server
            cores: 2
            nic: { vfs: 4 }
            tenants:
              - name: echo
                count: 2
                app: { kind: udp-echo, port: 7, work: 0us }
                core: own
                wait: poll
        clients:
          - name: load
            count: 2
            app: { kind: udp-load, target: echo, payload: 64, rate: 200000/s }
        sweep:
          machines.server.tenants.echo.app.work: [0us, 1us]
          machines.server.tenants.echo.interface: [native, posix]
        repeat: { seeds: 4, until-half-width: 0.1% }
        """;

    [Fact]
    public void Tenants_that_a_point_refused_are_named_beside_its_figures()
    {
        using var command = new CommandRun();
        var file = command.Write(
            "swept.yaml", Open.Replace("{ vfs: 4 }", "{ vfs: 1, when-vfs-run-out: refuse }"));
        var (code, output, errors) = command.Run(
            "sweep", file, "--quiet", "--out", command.PathOf("refused"));

        Assert.True(code == 0, errors);
        Assert.Contains(
            "\nwork=0us interface=native arrakis: 1 tenants were refused, and the figures are "
            + "those of the others\n",
            output);
        Assert.All(
            output.Split('\n').Where(line => line.Contains("were refused")),
            line => Assert.InRange(line.Length, 0, 100));
        using var document = JsonDocument.Parse(
            File.ReadAllText(command.PathOf("refused", "result.json")));
        Assert.All(
            document.RootElement.GetProperty("points").EnumerateArray(),
            point => Assert.Equal(1, point.GetProperty("not_served").GetInt32()));
    }

    [Fact]
    public void Every_point_has_its_rows_and_its_interval()
    {
        using var command = new CommandRun();
        var result = Sweep(command, "out");

        Assert.Equal("complete", result.GetProperty("status").GetString());
        Assert.Contains("at most 0.1 % of the mean, with 2 to 4 seeds",
            result.GetProperty("stop_rule").GetString());
        var points = result.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(
            ["0us native", "0us posix", "1us native", "1us posix"],
            points.Select(point => string.Join(' ', point.GetProperty("settings")
                .EnumerateObject().Select(setting => setting.Value.GetString()))));
        var lines = File.ReadAllLines(command.PathOf("out", "sweep.csv"));
        Assert.StartsWith(
            "point,machines.server.tenants.echo.app.work,machines.server.tenants.echo.interface,"
                + "architecture,interface,repeat,seed,operations,operations_per_s,", lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(rows.Count, points.Sum(point => point.GetProperty("n").GetInt32()));
        for (var number = 0; number < points.Count; number++)
        {
            var own = rows.Where(row => row[0] == $"{number}").ToList();
            Assert.Equal("arrakis", points[number].GetProperty("architecture").GetString());
            Assert.Equal(own.Count, points[number].GetProperty("n").GetInt32());
            var interval = MeanInterval.Of([.. own.Select(row => double.Parse(row[8]))]);
            Assert.Equal(interval.Mean, points[number].GetProperty("mean").GetDouble());
            Assert.Equal(
                interval.HalfWidth, points[number].GetProperty("half_width_95").GetDouble());
            Assert.Equal(own.Count, own.Select(row => row[6]).Distinct().Count());
            Assert.Equal("3", own[0][6]);
            Assert.Equal("seeds-ran-out", points[number].GetProperty("stopped").GetString());
        }

        var report = File.ReadAllText(command.PathOf("out", "report.html"));
        Assert.Contains("<svg", report);
        Assert.Contains("work=1us interface=posix", report);
    }

    [Fact]
    public void The_rows_are_those_of_single_runs_whatever_runs_beside_them()
    {
        using var command = new CommandRun();
        var one = Sweep(command, "one", "--threads", "1");
        var four = Sweep(command, "four", "--threads", "4");

        Assert.Equal(one.GetProperty("hash").GetString(), four.GetProperty("hash").GetString());
        Assert.Equal(
            File.ReadAllText(command.PathOf("one", "sweep.csv")),
            File.ReadAllText(command.PathOf("four", "sweep.csv")));
        var last = File.ReadAllLines(command.PathOf("one", "sweep.csv"))[^1].Split(',');
        var alone = command.Result(
            command.PathOf("swept.yaml"), "--seed", last[6],
            "--set", "machines.server.tenants.echo.app.work=1us",
            "--set", "machines.server.tenants.echo.interface=posix");
        Assert.Equal(last[^1], alone.GetProperty("hash").GetString());
        Assert.Equal(last[7], $"{alone.GetProperty("operations")}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"point\":3,\"arch")]
    [InlineData("{\"point\":3}\n")]
    public void An_interrupted_sweep_goes_on_where_it_was(string torn)
    {
        using var command = new CommandRun();
        var whole = Sweep(command, "whole");
        var journal = File.ReadAllLines(command.PathOf("whole", SweepJournal.FileName));
        File.Delete(command.PathOf("whole", "result.json"));
        File.WriteAllText(
            command.PathOf("whole", SweepJournal.FileName),
            string.Join('\n', journal.Take(6)) + "\n" + torn);

        var (code, _, errors) = command.Run(
            "sweep", command.PathOf("swept.yaml"), "--out", command.PathOf("whole"));
        Assert.Equal(0, code);
        Assert.Contains(": goes on after 5 runs\n", errors);
        using var again = JsonDocument.Parse(
            File.ReadAllText(command.PathOf("whole", "result.json")));
        Assert.Equal(
            whole.GetProperty("hash").GetString(),
            again.RootElement.GetProperty("hash").GetString());
        Assert.Equal(
            journal.Order(),
            File.ReadAllLines(command.PathOf("whole", SweepJournal.FileName)).Order());

        Sweep(command, "whole");
        Assert.True(File.Exists(command.PathOf("whole-2", "result.json")));
    }

    [Fact]
    public void A_changed_experiment_does_not_go_on_with_the_rows_of_another()
    {
        using var command = new CommandRun();
        Sweep(command, "out");
        File.Delete(command.PathOf("out", "result.json"));

        var (code, output, errors) = command.Run(
            "sweep", command.PathOf("swept.yaml"), "--quiet", "--out", command.PathOf("out"),
            "--set", "duration=301us");

        Assert.Equal((ExitCodes.BadInput, ""), (code, output));
        Assert.Equal(
            $"--out {command.PathOf("out")}: holds an interrupted sweep of another experiment, "
                + "option or program; allowed: the experiment unchanged, or another folder\n",
            errors);
    }

    [Fact]
    public void Ctrl_C_writes_what_is_there_and_the_same_command_goes_on()
    {
        using var command = new CommandRun();
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();
        var file = command.Write("swept.yaml", Open);
        string[] arguments =
            ["sweep", file, "--json", "--quiet", "--out", command.PathOf("out")];

        var (code, output, _) = command.Run(interrupted.Token, arguments);

        Assert.Equal(ExitCodes.Interrupted, code);
        using var part = JsonDocument.Parse(output);
        Assert.Equal("interrupted", part.RootElement.GetProperty("status").GetString());
        var point = part.RootElement.GetProperty("points")[0];
        Assert.Equal("interrupted", point.GetProperty("stopped").GetString());
        Assert.Equal(JsonValueKind.Null, point.GetProperty("mean").ValueKind);
        Assert.True(File.Exists(command.PathOf("out", "sweep.csv")));

        var whole = Sweep(command, "out");
        Assert.Equal("complete", whole.GetProperty("status").GetString());
        Assert.False(Directory.Exists(command.PathOf("out-2")));
    }

    [Theory]
    [InlineData("sweep: { seed: [1, 2] }", "sweep: seed is varied by repeat:")]
    [InlineData("", "there is no sweep: to run")]
    [InlineData("sweep: { platform.no-such-cost: [1ns] }", "no cost no-such-cost")]
    [InlineData("sweep: { machines.server.cores: [2, 3, nine] }", "cores: nine; allowed: a whole")]
    public void A_sweep_that_cannot_be_is_one_line(string section, string problem)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "sweep", command.Write("bad.yaml", $"{SmallWorld.Text}\n{section}\n"), "--quiet",
            "--out", command.PathOf("out"));

        Assert.Equal((ExitCodes.BadInput, ""), (code, output));
        Assert.Contains(problem, errors);
        Assert.Single(errors, letter => letter == '\n');
        Assert.False(Directory.Exists(command.PathOf("out")));
    }

    [Fact]
    public void The_table_fits_a_terminal()
    {
        using var command = new CommandRun();
        var (code, output, _) = command.Run(
            "sweep", command.Write("swept.yaml", Open), "--quiet", "--out", command.PathOf("out"));

        Assert.Equal(0, code);
        var lines = output.Split('\n').Where(line => !line.StartsWith("rerun")).ToList();
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        Assert.Contains(lines, line => line.StartsWith("work=1us interface=posix") &&
            line.Contains(" arrakis ") && line.EndsWith(" wide"));
    }

    private static JsonElement Sweep(CommandRun command, string folder, params string[] options)
    {
        var (code, output, errors) = command.Run(
        [
            "sweep", command.Write("swept.yaml", Open), "--json", "--quiet", "--out",
            command.PathOf(folder), .. options,
        ]);
        Assert.True(code == 0, errors);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
