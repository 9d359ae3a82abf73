using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>What an experiment may ask of tenants, clients and network, in whole runs.</summary>
public sealed class LoadSpecs
{
    [Fact]
    public void A_limited_tenant_reaches_100_mbps_within_1_percent()
    {
        using var command = new CommandRun();
        var run = Run(
            command, "machines.server.tenants.echo.rate-limit=100Mbps",
            "machines.server.tenants.echo.count=1", "clients.load.count=1",
            "clients.load.app.payload=1000", "clients.load.app.outstanding=64", "warm-up=1ms",
            "duration=50ms");

        // On the wire: 1,042 bytes of frame and 24 of preamble, check sequence and gap.
        var bitsPerSecond = run.GetProperty("operations_per_s").GetDouble() * 8 * 1_066;
        Assert.InRange(bitsPerSecond, 99e6, 101e6);
    }

    [Fact]
    public void A_closed_loop_goes_on_after_losses()
    {
        using var command = new CommandRun();
        var run = Run(command, "network.loss=1%", "duration=50ms");

        Assert.True(run.GetProperty("operations").GetInt64() > 500);
        Assert.True(
            run.GetProperty("packets").GetProperty("dropped").GetProperty("link-loss").GetInt64()
            > 4);
        Assert.All(run.GetProperty("referees").EnumerateArray(), referee =>
            Assert.Equal(0, referee.GetProperty("violations").GetInt64()));
        var each = run.GetProperty("groups")[0].GetProperty("each");
        Assert.All(each.EnumerateArray(), tenant =>
            Assert.True(tenant.GetProperty("operations").GetInt64() > 100));
    }

    [Theory]
    [InlineData("poisson", 0.01)]
    [InlineData("even", 0.0001)]
    public void An_open_loop_offers_its_rate(string arrivals, double tolerance)
    {
        using var command = new CommandRun();
        var run = command.Result(
            command.Write("open.yaml", SmallWorld.Text.Replace(
                "outstanding: 2", $"rate: 500000/s, arrivals: {arrivals}")),
            "--set", "duration=100ms");

        Assert.InRange(
            run.GetProperty("offered_per_s").GetDouble(),
            500_000 * (1 - tolerance), 500_000 * (1 + tolerance));
        Assert.InRange(
            run.GetProperty("operations_per_s").GetDouble(),
            499_000 * (1 - tolerance), 501_000 * (1 + tolerance));
    }

    [Theory]
    [InlineData("uniform", 0.9, 1.1)]
    [InlineData("zipf 0.99", 1.7, 2.3)]
    [InlineData("all", 0.999, 1.001)]
    public void Clients_choose_targets_as_asked(string choice, double least, double most)
    {
        using var command = new CommandRun();
        var run = command.Result(
            command.Write("choose.yaml", SmallWorld.Text.Replace(
                "outstanding: 2", $"outstanding: 2, choose: {choice}")), "--set", "duration=10ms");

        var each = run.GetProperty("groups")[0].GetProperty("each");
        var ratio = each[0].GetProperty("operations").GetDouble()
            / each[1].GetProperty("operations").GetDouble();
        Assert.InRange(ratio, least, most);
        Assert.Equal(
            run.GetProperty("operations").GetInt64(),
            each.EnumerateArray().Sum(one => one.GetProperty("operations").GetInt64()));
    }

    [Theory]
    [InlineData("native", "poll", "own")]
    [InlineData("native", "adaptive(5us)", "own")]
    [InlineData("posix", "poll", "own")]
    [InlineData("posix", "adaptive(5us)", "shared")]
    [InlineData("posix", "doorbell", "0")]
    public void Every_way_of_waiting_serves_several_machines(string kind, string wait, string core)
    {
        using var command = new CommandRun();
        var run = Run(
            command, "machines.server.count=3", "clients.load.count=12", "interval=50us",
            $"machines.server.tenants.echo.interface={kind}",
            $"machines.server.tenants.echo.wait={wait}",
            $"machines.server.tenants.echo.core={core}");

        Assert.Equal(kind, run.GetProperty("interface").GetString());
        Assert.Equal(0, run.GetProperty("kernel_messages_on_data_path").GetInt64());
        Assert.True(run.GetProperty("operations").GetInt64() > 400);
        var group = run.GetProperty("groups")[0];
        Assert.Equal(6, group.GetProperty("tenants").GetInt64());
        var each = group.GetProperty("each").EnumerateArray().ToList();
        Assert.Equal("server[2].echo[1]", each[5].GetProperty("name").GetString());
        Assert.All(each, tenant =>
        {
            Assert.True(tenant.GetProperty("operations").GetInt64() > 50);
            Assert.InRange(
                tenant.GetProperty("latency_us").GetProperty("p50").GetDouble(), 3, 30);
        });
        Assert.Equal(
            [50, 100, 150, 200],
            run.GetProperty("series").GetProperty("at_us").EnumerateArray()
                .Select(at => at.GetDouble()));
    }

    [Fact]
    public void The_warm_up_is_not_measured()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        var whole = command.Whole(file, "--set", "warm-up=1ms", "--set", "duration=1ms");
        var run = whole.GetProperty("runs")[0];

        Assert.Equal(0.002, whole.GetProperty("virtual_s").GetDouble(), 9);
        Assert.Equal(
            run.GetProperty("operations").GetDouble(),
            run.GetProperty("operations_per_s").GetDouble() * 0.001, 6);
    }

    [Fact]
    public void What_is_not_built_is_named_and_left_out()
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            "run",
            command.Write("nvme.yaml", SmallWorld.Text.Replace(
                "nic: { vfs: 4 }", "nic: { vfs: 4 }\n    nvme: { vfs: 4, size: 1GiB }")),
            "--threads", "1", "--out", command.PathOf("out"));

        Assert.Equal(0, code);
        Assert.Contains("is not built yet and left out", errors);
        Assert.Contains("machines.server.nvme", errors);
    }

    private static JsonElement Run(CommandRun command, params string[] settings) =>
        command.Result(
            command.Write("small.yaml", SmallWorld.Text),
            [.. settings.SelectMany(one => new[] { "--set", one })]);
}
