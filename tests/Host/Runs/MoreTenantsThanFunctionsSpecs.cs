using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>The experiment in which Arrakis loses, shortened.</summary>
public sealed class MoreTenantsThanFunctionsSpecs
{
    private static readonly string File = CommandRun.Shipped("more-tenants-than-vfs.yaml");

    [Fact]
    public void Beyond_its_functions_arrakis_is_slower_than_a_monolithic_kernel_and_says_so()
    {
        using var command = new CommandRun();
        var result = command.Whole(
            File, "--architecture", "arrakis,monolithic", "--set", "duration=4ms");

        var runs = result.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(
            ["arrakis", "monolithic"],
            runs.Select(run => run.GetProperty("architecture").GetString()));
        Assert.True(Latency(runs[0], "p99") > 2 * Latency(runs[1], "p99"));
        Assert.All(
            result.GetProperty("checks").EnumerateArray(),
            check => Assert.True(
                check.GetProperty("holds").GetBoolean(), check.GetProperty("expect").GetString()));
    }

    // Its twin: a function for each place, and nothing is emulated.
    [Fact]
    public void With_a_function_for_each_tenant_arrakis_is_faster_again()
    {
        using var command = new CommandRun();
        var runs = command.Whole(
            File, "--architecture", "arrakis,monolithic", "--set", "duration=4ms",
            "--set", "platform=ideal-vnic", "--set", "machines.server.nic.vfs=96",
            "--set", "expect=[]").GetProperty("runs");

        Assert.True(Latency(runs[0], "mean") < Latency(runs[1], "mean"));
    }

    private static double Latency(JsonElement run, string what) =>
        run.GetProperty("latency_us").GetProperty(what).GetDouble();
}
