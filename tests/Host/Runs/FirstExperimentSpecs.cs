using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>The experiment that a newcomer runs first.</summary>
public sealed class FirstExperimentSpecs
{
    [Fact]
    public void The_kernel_is_not_on_the_path_and_only_shared_cores_need_its_scheduler()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "run", CommandRun.First, "--json", "--threads", "2", "--out", command.PathOf("own"));

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var result = document.RootElement;
        Assert.Equal(
            ("complete", "first", 42, 2, 16),
            (result.GetProperty("status").GetString(), result.GetProperty("experiment").GetString(),
                result.GetProperty("seed").GetInt32(), result.GetProperty("threads").GetInt32(),
                result.GetProperty("tenants").GetInt32()));
        var run = Assert.Single(result.GetProperty("runs").EnumerateArray());
        Assert.Equal("arrakis", run.GetProperty("architecture").GetString());
        Assert.Equal("native", run.GetProperty("interface").GetString());
        Assert.Equal(0, run.GetProperty("kernel_messages_on_data_path").GetInt64());
        Assert.Equal(0, run.GetProperty("scheduler_messages").GetInt64());
        Assert.InRange(run.GetProperty("operations").GetInt64(), 60_000, 70_000);
        Assert.Equal(0, run.GetProperty("bytes_copied_per_operation").GetDouble());
        Assert.All(run.GetProperty("referees").EnumerateArray(), referee =>
        {
            Assert.Equal(0, referee.GetProperty("violations").GetInt64());
            Assert.True(referee.GetProperty("checked").GetInt64() > 0);
        });
        Assert.Equal(200, run.GetProperty("series").GetProperty("at_us").GetArrayLength());
        var checks = result.GetProperty("checks").EnumerateArray().ToList();
        Assert.True(checks[0].GetProperty("holds").GetBoolean());
        Assert.Equal(JsonValueKind.Null, checks[1].GetProperty("holds").ValueKind);
        Assert.Contains("left out: exokernel, monolithic, microkernel", errors);
        Assert.Contains("machines.server.nvme is not built yet and left out", errors);

        Assert.Equal(
            output.TrimEnd(), File.ReadAllText(command.PathOf("own", "result.json")).TrimEnd());
        Assert.Equal(
            result.GetProperty("hash").GetString(),
            File.ReadAllText(command.PathOf("own", "hash.txt")).Trim());
        var report = File.ReadAllText(command.PathOf("own", "report.html"));
        Assert.Contains("<svg", report);
        Assert.Contains(result.GetProperty("hash").GetString()!, report);
        Assert.DoesNotContain("src=\"http", report);
        Assert.True(File.Exists(command.PathOf("own", "experiment.yaml")));
        Assert.True(new FileInfo(command.PathOf("own", "packets.pcapng")).Length > 1_000);

        var shared = command.Result(
            CommandRun.First, "--set", "machines.server.cores=6",
            "--set", "machines.server.tenants.echo.core=shared",
            "--set", "machines.server.tenants.echo.wait=doorbell");
        Assert.Equal(0, shared.GetProperty("kernel_messages_on_data_path").GetInt64());
        Assert.True(shared.GetProperty("scheduler_messages").GetInt64() > 1_000);
        Assert.True(shared.GetProperty("operations").GetInt64() > 10_000);
    }

    [Fact]
    public void What_a_run_wrote_runs_again_to_the_same_hash()
    {
        using var command = new CommandRun();
        var first = command.Whole(CommandRun.First, "--set", "duration=1ms", "--set", "inject=[]");

        var again = command.Whole(command.PathOf("run", "experiment.yaml"));

        Assert.Equal(first.GetProperty("hash").GetString(), again.GetProperty("hash").GetString());
    }

    [Fact]
    public void An_existing_folder_is_never_written_over_and_latest_points_at_the_newest()
    {
        using var command = new CommandRun();
        string[] arguments =
            ["run", CommandRun.First, "--quiet", "--threads", "1", "--set", "duration=100us",
                "--set", "inject=[]"];
        var first = OwnProcess.Run(command.Folder, arguments);
        var second = OwnProcess.Run(command.Folder, arguments);
        var third = OwnProcess.Run(command.Folder, [.. arguments, "--seed", "7"]);

        Assert.Equal((0, 0, 0), (first.Code, second.Code, third.Code));
        Assert.Equal(("", "", ""), (first.Errors, second.Errors, third.Errors));
        Assert.True(File.Exists(command.PathOf("runs", "first-42", "report.html")));
        Assert.True(File.Exists(command.PathOf("runs", "first-42-2", "report.html")));
        Assert.Equal(
            File.ReadAllText(command.PathOf("runs", "first-42", "hash.txt")),
            File.ReadAllText(command.PathOf("runs", "first-42-2", "hash.txt")));
        Assert.Equal(
            File.ReadAllText(command.PathOf("runs", "first-7", "hash.txt")),
            File.ReadAllText(command.PathOf("runs", "latest", "hash.txt")));
    }

    [Fact]
    public void Without_json_a_table_is_printed_and_quiet_says_nothing_on_standard_error()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "run", CommandRun.First, "--quiet", "--threads", "1", "--set", "duration=100us",
            "--set", "inject=[]", "--out", command.PathOf("out"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("arrakis", output);
        Assert.Contains("operations", output);
        Assert.Contains("not checked", output);
        Assert.DoesNotContain("\u001b", output);
    }
}
