using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>Ways into a kernel and out of it, one by one on whole machines (SOSP 1995, Tables 4
/// to 6).</summary>
public sealed class CallBenchSpecs
{
    private static readonly string File = CommandRun.Shipped("exokernel/calls.yaml");

    [Theory]
    [InlineData("exokernel", "null-call", "prot", 1.6)]
    [InlineData("exokernel", "null-call-stack", "prot", 2.3)]
    [InlineData("exokernel", "exception", "prot", 1.5)]
    [InlineData("exokernel", "exception", "overflow", 1.5)]
    [InlineData("exokernel", "transfer", "prot", 1.4)]
    [InlineData("monolithic", "null-call", "prot", 21.3)]
    [InlineData("monolithic", "exception", "prot", 154)]
    [InlineData("monolithic", "null-call-stack", "prot", 21.3)]
    [InlineData("monolithic", "exception", "coproc", 130)]
    public void What_the_profile_was_made_of_comes_out_of_the_whole_machine(
        string architecture, string operation, string exception, double paperUs)
    {
        var result = Run(architecture, operation, exception);

        // The end of a slice may fall into one of them.
        Assert.InRange(
            result.GetProperty("latency_us").GetProperty("mean").GetDouble(),
            paperUs * 0.999, paperUs * 1.01);
        Assert.True(result.GetProperty("groups")[0].GetProperty("operations").GetInt64() > 100);
        Assert.All(
            result.GetProperty("referees").EnumerateArray(),
            referee => Assert.Equal(0, referee.GetProperty("violations").GetInt64()));
    }

    [Theory]
    [InlineData("monolithic", "transfer")]
    [InlineData("microkernel", "null-call")]
    public void Where_nobody_implements_it_one_line_says_so(
        string architecture, string operation)
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            "run", File, "--quiet", "--architecture", architecture, "--set",
            $"machines.server.tenants.bench.app.operation={operation}", "--out",
            command.PathOf("run"));

        Assert.Equal(2, code);
        Assert.Contains(
            $"{architecture} cannot run call-bench of bench: its programs have no {operation}",
            errors);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("decstation-2100")]
    [InlineData("decstation-3100")]
    [InlineData("decstation-5000-125")]
    public void A_transfer_that_the_end_of_a_slice_meets_is_made_in_the_next(string platform)
    {
        var result = Run(
            "exokernel", "transfer", "prot", "--set", $"platform={platform}",
            "--set", "machines.server.time-slice=53us");

        // Some two thousand slices end at any step of a transfer.
        Assert.InRange(result.GetProperty("operations").GetInt64(), 10_000, 100_000);
    }

    [Theory]
    [InlineData("null-call", 0)]
    [InlineData("exception", 1)]
    [InlineData("transfer", 0)]
    public void An_exception_is_forwarded_and_nothing_else_is(string operation, int forwarded)
    {
        double Mean(string cost) => Run(
            "exokernel", operation, "prot", "--set", $"profile.exception-forward={cost}")
            .GetProperty("latency_us").GetProperty("mean").GetDouble();

        Assert.Equal(forwarded * 10, Mean("10us") - Mean("0us"), 0.1);
    }

    [Fact]
    public void Threads_of_the_emulator_change_nothing()
    {
        string HashOf(int threads)
        {
            using var command = new CommandRun();
            var (code, output, errors) = command.Run(
                ["run", File, "--json", "--quiet", "--threads", $"{threads}", "--out",
                    command.PathOf("run"), .. Options("exokernel", "transfer", "prot")]);
            Assert.True(code == 0, errors);
            using var document = JsonDocument.Parse(output);
            return document.RootElement.GetProperty("runs")[0].GetProperty("hash").GetString()!;
        }

        Assert.Equal(HashOf(1), HashOf(2));
    }

    private static JsonElement Run(
        string architecture, string operation, string exception, params string[] settings)
    {
        using var command = new CommandRun();
        return command.Result(
            File, [.. Options(architecture, operation, exception), .. settings]);
    }

    private static string[] Options(string architecture, string operation, string exception) =>
    [
        "--architecture", architecture,
        "--set", $"profile={(architecture == "monolithic" ? "ultrix-4.2" : "aegis-exos")}",
        "--set", $"machines.server.tenants.bench.app.operation={operation}",
        "--set", $"machines.server.tenants.bench.app.exception={exception}",
    ];
}
