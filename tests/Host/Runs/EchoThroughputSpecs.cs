using System.Text.Json;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Platforms;
using Disguise.Host.Running;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// The echo of Arrakis, TOCS 33(4):11, Figure 7, at 1,024 bytes on one core: predicted from
/// Table I, the driver's echo at 1 us of work, and the wire.
/// </summary>
public sealed class EchoThroughputSpecs
{
    private static readonly string Echo = CommandRun.Shipped(Path.Combine("arrakis", "echo.yaml"));

    [Theory]
    [InlineData("native", "0us", 1_063_000)]
    [InlineData("posix", "0us", 624_000)]
    [InlineData("native", "1us", 615_000)]
    public void Throughput_is_within_10_percent_of_the_paper(
        string kind, string work, double paper)
    {
        using var command = new CommandRun();
        var run = command.Result(
            Echo, "--set", $"machines.server.tenants.echo.interface={kind}",
            "--set", $"machines.server.tenants.echo.app.work={work}");

        Assert.Equal(kind, run.GetProperty("interface").GetString());
        Assert.InRange(run.GetProperty("offered_per_s").GetDouble(), 1_199_000, 1_201_000);
        var ratio = run.GetProperty("operations_per_s").GetDouble() / paper;
        Assert.InRange(ratio, 0.9, 1.1);
        Assert.Equal(0, run.GetProperty("kernel_messages_on_data_path").GetInt64());
        Assert.InRange(
            run.GetProperty("bytes_copied_per_operation").GetDouble(),
            kind == "posix" ? 2_040 : 0, kind == "posix" ? 2_060 : 0);
    }

    [Theory]
    [InlineData("native", "device-line-touch mmio-write stack-receive-native stack-send-native")]
    [InlineData("posix", "copy-receive copy-send device-line-touch mmio-write "
        + "stack-receive-posix stack-send-posix")]
    public void An_echo_is_charged_for_nothing_else(string kind, string costs)
    {
        var experiment = SmallWorld.Read(
            File.ReadAllText(Echo), "duration=1ms",
            $"machines.server.tenants.echo.interface={kind}");

        var ledger = SmallWorld.Run(experiment).Report.Ledger;

        Assert.Equal(costs, string.Join(' ', ledger
            .Where(line => line.Key != HardwareCosts.Poll.Name)
            .Select(line => line.Key).Distinct().Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(
            ledger, line => line.Who.EndsWith(".kernel", StringComparison.Ordinal));
    }

    [Fact]
    public void The_inputs_are_table_1_the_driver_at_1_us_and_the_wire()
    {
        var platform = PlatformCatalog.Load("xeon-e5-2430-x520");
        var profile = ProfileCatalog.Load("extaris");
        long Of(CostKey key) => platform.Costs.Concat(profile.Costs)
            .Single(cost => cost.Key == key).CostPs;
        long Copied(CostKey key) => 1_024 * Of(key);
        const long Ns = Picoseconds.PerNanosecond;

        Assert.Equal(210 * Ns, Of(ProfileCosts.StackReceiveNative));
        Assert.Equal(170 * Ns, Of(ProfileCosts.StackSendNative));
        Assert.Equal(320 * Ns, Of(ProfileCosts.StackReceivePosix));
        Assert.Equal(270 * Ns, Of(ProfileCosts.StackSendPosix));
        Assert.InRange(Copied(ProfileCosts.CopyReceive), 269 * Ns, 271 * Ns);
        Assert.InRange(Copied(ProfileCosts.CopySend), 579 * Ns, 581 * Ns);
        // 615 k/s with 1 us of work, less the 0.38 us of the stack.
        const double DriverPs = (1e12 / 615_000) - 1e6 - 380e3;
        Assert.InRange(
            Of(HardwareCosts.MmioWrite) + (2 * Of(HardwareCosts.DeviceLineTouch)),
            DriverPs - 500, DriverPs + 500);
    }
}
