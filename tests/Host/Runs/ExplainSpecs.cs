using System.Text.Json;
using Disguise.Host.Composition;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Tests.Runs;

/// <summary>The ledger of one request beside what its client measured.</summary>
public sealed class ExplainSpecs
{
    public static TheoryData<string, string, string, int, int> Ways()
    {
        var ways = new TheoryData<string, string, string, int, int>();
        foreach (var kind in new[] { "native", "posix" })
        {
            foreach (var wait in new[] { "poll", "doorbell", "adaptive(5us)" })
            {
                ways.Add(kind, wait, "own", 1, 1);
                ways.Add(kind, wait, "own", 4, 9);
                ways.Add(kind, wait, "shared", 1, 5);
                ways.Add(kind, wait, "shared", 3, 2);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_steps_add_up_to_the_picosecond_to_the_client_s_latency(
        string kind, string wait, string core, int outstanding, int request)
    {
        string[] settings =
        [
            $"machines.server.tenants.echo.interface={kind}",
            $"machines.server.tenants.echo.wait={wait}",
            $"machines.server.tenants.echo.core={core}",
            $"clients.load.app.outstanding={outstanding}",
        ];
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
        [
            "explain", command.Write("small.yaml", SmallWorld.Text), "--json", "--quiet",
            "--request", $"{request}", .. settings.SelectMany(one => new[] { "--set", one }),
        ]);

        Assert.True(code == 0, errors);
        using var document = JsonDocument.Parse(output);
        var explained = document.RootElement.GetProperty("requests")[0];
        var latencyPs = explained.GetProperty("latency_ps").GetInt64();
        var path = explained.GetProperty("steps").EnumerateArray()
            .Where(step => step.GetProperty("on_critical_path").GetBoolean()).ToList();
        Assert.Equal(latencyPs, path.Sum(step => step.GetProperty("duration_ps").GetInt64()));
        Assert.Equal("load[0].link", path[0].GetProperty("who").GetString());

        // The same run without anybody who follows requests: what its client measured.
        var log = new ReplyLog();
        var experiment = SmallWorld.Read(SmallWorld.Text, settings);
        var (world, phases) = SmallWorld.SetUp(
            experiment, SmallWorld.OptionsOf(experiment) with { Replies = log });
        using (world)
            phases.RunUntil(phases.MeasureEndPs);
        var startPs = explained.GetProperty("start_ps").GetInt64();
        Assert.Contains(log.Replies, reply => reply.Client == 0
            && reply.DuePs == startPs && reply.LatencyPs == latencyPs);
        var sent = log.Replies.Where(reply => reply.Client == 0).Select(reply => reply.DuePs)
            .Order().ToList();
        Assert.Equal(startPs, sent[request - 1]);
    }

    [Theory]
    [InlineData("outstanding: 8", 1)]
    [InlineData("outstanding: 8", 11)]
    [InlineData("rate: 3000000/s, arrivals: even", 1)]
    [InlineData("rate: 3000000/s, arrivals: even", 7)]
    public void A_request_that_waited_for_its_client_s_wire_begins_when_it_was_due(
        string load, int request)
    {
        // At each time of a queue's life: measuring may begin while a request waits or is sent.
        foreach (var warmUpNs in new[] { 20_000, 20_300, 20_600, 20_900, 21_200, 21_500 })
        {
            using var command = new CommandRun();
            var text = SmallWorld.Text
                .Replace("payload: 64, outstanding: 2", $"payload: 1024, {load}")
                .Replace("count: 4", "count: 1")
                .Replace("warm-up: 0us", $"warm-up: {warmUpNs}ns");
            var (code, output, errors) = command.Run(
                "explain", command.Write("small.yaml", text), "--json", "--quiet", "--request",
                $"{request}");

            Assert.True(code == 0, errors);
            using var document = JsonDocument.Parse(output);
            var explained = document.RootElement.GetProperty("requests")[0];
            var path = explained.GetProperty("steps").EnumerateArray()
                .Where(step => step.GetProperty("on_critical_path").GetBoolean());
            Assert.Equal(
                explained.GetProperty("latency_ps").GetInt64(),
                path.Sum(step => step.GetProperty("duration_ps").GetInt64()));
        }
    }

    [Theory]
    [InlineData("native", "poll")]
    [InlineData("posix", "poll")]
    [InlineData("native", "doorbell")]
    [InlineData("posix", "adaptive(1us)")]
    public void Of_an_unloaded_echo_nothing_is_left_unexplained(string kind, string wait)
    {
        foreach (var core in new[] { "own", "shared" })
        {
            using var command = new CommandRun();
            var (code, output, _) = command.Run(
                "explain", command.Write("small.yaml", SmallWorld.Text), "--quiet",
                "--set", $"machines.server.tenants.echo.interface={kind}",
                "--set", $"machines.server.tenants.echo.wait={wait}",
                "--set", $"machines.server.tenants.echo.core={core}",
                "--set", "clients.load.count=1", "--set", "clients.load.app.outstanding=1");

            Assert.Equal(0, code);
            Assert.DoesNotContain("waits for", output);
            Assert.Contains("= latency", output);
            if (wait == "doorbell")
            {
                Assert.Contains("msi-x-delivery", output);
                Assert.Contains(core == "own" ? "interrupt" : "scheduler-wake-up", output);
            }
        }
    }

    [Fact]
    public void A_target_is_explained_by_the_client_that_loads_it()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var byTenant = command.Run("explain", file, "--quiet", "--target", "server.echo[1]");
        var byClient = command.Run("explain", file, "--quiet", "--target", "load[3]");
        var nobody = command.Run("explain", file, "--quiet", "--target", "server.core[0]");

        Assert.Contains("load[1] request 1", byTenant.Output);
        Assert.Contains("server.echo", byTenant.Output);
        Assert.Contains("load[3] request 1", byClient.Output);
        Assert.Equal((2, 1), (nobody.Code, nobody.Errors.Count(letter => letter == '\n')));
    }

    [Fact]
    public void Requests_too_short_to_be_told_apart_are_refused_with_one_line()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var (code, output, errors) = command.Run(
            "explain", file, "--quiet", "--set", "clients.load.app.payload=15");
        var longer = command.Run(
            "explain", file, "--quiet", "--set", "clients.load.app.payload=16");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("requests of 15 bytes cannot be told apart", errors);
        Assert.Contains("a payload of 16 bytes and up", errors);
        Assert.Single(errors, letter => letter == '\n');
        Assert.Equal(0, longer.Code);
    }

    // One tenant on a software card pays for its own two packets; among five it waits for others'.
    [Theory]
    [InlineData(2, "server.echo[1]", 2)]
    [InlineData(6, "server.echo[5]", 3)]
    public void A_tenant_whose_card_is_emulated_sees_what_the_emulating_core_does(
        int tenants, string target, int leastPackets)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "explain", command.Write("small.yaml", SmallWorld.Text), "--quiet", "--json",
            "--set", "machines.server.cores=8", "--set", "machines.server.nic.vfs=1",
            "--set", $"machines.server.tenants.echo.count={tenants}",
            "--set", "clients.load.app.outstanding=1", "--set", $"clients.load.count={tenants}",
            "--target", target);

        Assert.True(code == 0, errors);
        using var document = JsonDocument.Parse(output);
        var explained = document.RootElement.GetProperty("requests")[0];
        var path = explained.GetProperty("steps").EnumerateArray()
            .Where(step => step.GetProperty("on_critical_path").GetBoolean()).ToList();
        Assert.Equal(
            explained.GetProperty("latency_ps").GetInt64(),
            path.Sum(step => step.GetProperty("duration_ps").GetInt64()));
        var emulated = path.Where(
            step => step.GetProperty("what").GetString() == "software-card-packet").ToList();
        Assert.All(
            emulated,
            step => Assert.Equal("server.kernel", step.GetProperty("who").GetString()));
        Assert.True(
            emulated.Sum(step => step.GetProperty("duration_ps").GetInt64())
            >= 2 * 3_000_000L);
        Assert.True(emulated.Count >= leastPackets, $"{emulated.Count} packets");
        // Beside that nothing of the emulation is called polling or a queue.
        Assert.All(
            path.Where(step => step.GetProperty("what").GetString() is "poll" or "queue"),
            step => Assert.InRange(step.GetProperty("duration_ps").GetInt64(), 0, 999_999));
    }

    [Fact]
    public void With_out_a_folder_holds_the_sequence_charts_and_the_steps()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        var (code, output, errors) = command.Run(
            "explain", file, "--out", command.PathOf("explained"));

        Assert.Equal(0, code);
        Assert.Contains("= latency", output);
        Assert.EndsWith($"report: {command.PathOf("explained", "report.html")}\n", errors);
        Assert.Contains("<svg", File.ReadAllText(command.PathOf("explained", "report.html")));
        using var document = JsonDocument.Parse(
            File.ReadAllText(command.PathOf("explained", "explain.json")));
        Assert.Equal(1, document.RootElement.GetProperty("requests").GetArrayLength());
        Assert.Equal(
            SmallWorld.Text.TrimEnd(),
            File.ReadAllText(command.PathOf("explained", "experiment.yaml")).TrimEnd());
    }

    private sealed class ReplyLog : ILatencySink
    {
        public List<TimedReply> Replies { get; } = [];

        public void Record(int group, in TimedReply reply) => Replies.Add(reply);
    }
}
