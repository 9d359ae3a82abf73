using System.Text.Json;
using Disguise.Hardware.Platforms;
using Disguise.Host.Calibration;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Tests.Runs;
using Disguise.Host.Verbs;

namespace Disguise.Host.Tests.Calibration;

/// <summary>What is measured here is this machine's: the tests say what must be there, not how
/// long it takes.</summary>
public sealed class CalibrateSpecs
{
    [LinuxFact]
    public void The_platform_file_says_what_was_measured_and_what_is_assumed_and_runs()
    {
        using var command = new CommandRun();
        using var output = new StringWriter { NewLine = "\n" };
        var code = CalibrateVerb.Calibrate(
            Effort.Least, new CommonOptions { Out = command.PathOf("out"), Json = true },
            new Terminal(output, TextWriter.Null, CancellationToken.None));

        Assert.Equal(0, code);
        using var result = JsonDocument.Parse(output.ToString());
        Assert.Equal(
            output.ToString(), File.ReadAllText(command.PathOf("out", "calibration.json")));
        var path = result.RootElement.GetProperty("platform_file").GetString()!;
        var text = File.ReadAllText(path);
        var platform = PlatformCatalog.Parse("this-host", text);
        var like = PlatformCatalog.Load(HostPlatform.Like);
        Assert.Equal(
            like.Costs.Select(cost => cost.Key), platform.Costs.Select(cost => cost.Key));
        Assert.All(platform.Costs, cost => Assert.Equal(
            cost.IsAssumed, !cost.Source.StartsWith("measured", StringComparison.Ordinal)));
        Assert.All(
            platform.Costs.Where(cost => cost.IsAssumed), cost => Assert.Equal(
                like.Costs.Single(other => other.Key == cost.Key).CostPs, cost.CostPs));
        Assert.False(platform.Costs.Single(cost => cost.Key.Name == "poll-step").IsAssumed);
        Assert.True(platform.Costs.Single(cost => cost.Key.Name == "pcie-read").IsAssumed);
        var echoes = result.RootElement.GetProperty("echo").EnumerateArray().ToList();
        Assert.Equal(
            [64, 1_024],
            echoes.Where(echo => echo.GetProperty("processors").GetInt32() == 1)
                .Select(echo => echo.GetProperty("payload").GetInt32()));
        Assert.All(echoes, echo =>
            Assert.InRange(echo.GetProperty("round_trip_us_p50").GetDouble(), 0.5, 1e6));

        File.Copy(path, command.PathOf("here.platform"));
        var run = command.Result(command.Write(
            "small.yaml", SmallWorld.Text.Replace("xeon-e5-2430-x520", "./here.platform")));
        Assert.Equal("./here.platform", run.GetProperty("platform").GetString());
        Assert.True(run.GetProperty("operations").GetInt64() > 0);
    }

    [LinuxFact]
    public void Everything_is_measured_or_says_why_not()
    {
        var measured = Calibrator.Measure(Effort.Least, CancellationToken.None);

        Assert.Equal(
            [
                "system-call", "pipe-thread-switch", "pipe-process-switch", "page-walk",
                "remote-line", "futex-wake-up", "poll-step", "copy-byte", "checksum-byte",
            ],
            measured.Select(one => one.Name));
        Assert.All(measured, one =>
        {
            Assert.NotEqual("", one.Method);
            Assert.True(one.Nanoseconds is null or > 0, one.Name);
        });
        Assert.NotNull(measured.Single(one => one.Name == "pipe-thread-switch").Nanoseconds);
    }

    [Fact]
    public void What_was_not_measured_is_another_platforms_and_assumed()
    {
        var nothing = Names.Select(name => Measured.Event(name, null, "no way"));
        var text = HostPlatform.Write([.. nothing]);
        var platform = PlatformCatalog.Parse("this-host", text);

        Assert.All(platform.Costs, cost =>
        {
            Assert.True(cost.IsAssumed);
            Assert.StartsWith($"as {HostPlatform.Like}: ", cost.Source);
        });
        Assert.Contains("# remote-line: not measured: no way\n", text);
    }

    [Fact]
    public void A_system_call_is_half_in_and_half_out_and_a_switch_is_a_difference()
    {
        var some = Names.Select(name => Measured.Event(
            name,
            name switch
            {
                "system-call" => 100.5,
                "pipe-process-switch" => 900,
                "pipe-thread-switch" => 700,
                _ => null,
            },
            "so"));
        var platform = PlatformCatalog.Parse("this-host", HostPlatform.Write([.. some]));
        long CostPs(string name) =>
            platform.Costs.Single(cost => cost.Key.Name == name).CostPs;

        Assert.Equal(
            (50_250L, 50_250L, 200_000L),
            (CostPs("trap"), CostPs("trap-return"), CostPs("address-space-switch")));
    }

    [Theory]
    [InlineData("--repetitions 0: not a value of this option; allowed: ", "--repetitions", "0")]
    [InlineData("--set: calibrate measures this machine", "--set", "seed=1")]
    [InlineData("--seed: calibrate measures this machine", "--seed", "1")]
    public void An_option_that_is_not_for_it_is_one_line(string line, params string[] options)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(["calibrate", .. options]);

        Assert.Equal((ExitCodes.BadInput, ""), (code, output));
        Assert.StartsWith(line, errors);
        Assert.Single(errors, letter => letter == '\n');
    }

    private static IEnumerable<string> Names =>
    [
        "system-call", "pipe-thread-switch", "pipe-process-switch", "page-walk", "remote-line",
        "futex-wake-up", "poll-step", "copy-byte", "checksum-byte",
    ];
}
