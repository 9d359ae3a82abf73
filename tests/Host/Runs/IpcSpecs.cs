using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>Two programs that talk to each other, on whole machines.</summary>
public sealed class IpcSpecs
{
    private static readonly string File = CommandRun.Shipped("exokernel/ipc.yaml");

    [Theory]
    [InlineData("pipe", 4.6, 14.2)]
    [InlineData("pipe-inlined", 4.6, 10.7)]
    [InlineData("shared-memory", 4.6, 5.7)]
    [InlineData("lrpc", 4.4, 6.3)]
    [InlineData("trusted-lrpc", 2.8, 4.4)]
    public void A_message_takes_at_least_its_primitives_and_at_most_what_the_paper_prints(
        string operation, double primitivesUs, double printedUs)
    {
        var result = Run("exokernel", operation);
        Assert.InRange(
            result.GetProperty("latency_us").GetProperty("mean").GetDouble(), primitivesUs,
            printedUs);
        Assert.All(
            result.GetProperty("referees").EnumerateArray(),
            referee => Assert.Equal(0, referee.GetProperty("violations").GetInt32()));
    }

    [Theory]
    [InlineData("pipe", 2)]
    [InlineData("shared-memory", 3)]
    public void A_message_between_processes_takes_its_calls_at_least(
        string operation, double callsEach)
    {
        const double NullCallUs = 21.3;
        var result = Run("monolithic", operation, "--set", "profile=ultrix-4.2");
        Assert.InRange(
            result.GetProperty("latency_us").GetProperty("mean").GetDouble(),
            (callsEach - 1) * NullCallUs, 400);
        Assert.InRange(
            result.GetProperty("crossings_per_operation").GetProperty("total").GetDouble(),
            (2 * callsEach) - 0.1, (2 * callsEach) + 0.1);
        Assert.All(
            result.GetProperty("referees").EnumerateArray(),
            referee => Assert.Equal(0, referee.GetProperty("violations").GetInt32()));
    }

    [Theory]
    [InlineData("pipe", 4_000)]
    [InlineData("pipe-inlined", 4_000)]
    [InlineData("pipe-protected", 1_500)]
    [InlineData("shared-memory", 4_000)]
    [InlineData("lrpc", 4_000)]
    [InlineData("trusted-lrpc", 4_000)]
    public void No_message_is_lost_to_the_ends_of_slices(
        string operation, long atLeast)
    {
        // Of 200 ms, in slices that end at any step of a message.
        var result = Run(
            "exokernel", operation, "--set", "machines.server.time-slice=53us");
        Assert.InRange(result.GetProperty("operations").GetInt64(), atLeast, 100_000);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("pipe-protected")]
    [InlineData("lrpc")]
    public void Two_threads_of_the_emulator_give_the_hash_of_one(string operation)
    {
        string HashOf(int threads)
        {
            using var command = new CommandRun();
            var (code, output, errors) = command.Run(
                ["run", File, "--json", "--quiet", "--threads", $"{threads}", "--out",
                    command.PathOf("run"), .. Options("exokernel", operation)]);
            Assert.True(code == 0, errors);
            using var document = JsonDocument.Parse(output);
            return document.RootElement.GetProperty("runs")[0].GetProperty("hash").GetString()!;
        }

        Assert.Equal(HashOf(1), HashOf(2));
    }

    [Fact]
    public void Protection_costs_calls_whose_bytes_are_counted()
    {
        var (open, closed) = (Run("exokernel", "pipe"), Run("exokernel", "pipe-protected"));
        Assert.InRange(Mean(closed) / Mean(open), 1.5, 4);
        var bindings = closed.GetProperty("secure_bindings");
        Assert.True(bindings.GetProperty("region-checks").GetInt64() > 4_000);
        Assert.True(bindings.GetProperty("region-bytes").GetInt64() > 40_000);
        Assert.False(bindings.TryGetProperty("region-refusals", out _));
        Assert.All(
            closed.GetProperty("referees").EnumerateArray(),
            referee => Assert.Equal(0, referee.GetProperty("violations").GetInt32()));

        static double Mean(JsonElement result) =>
            result.GetProperty("latency_us").GetProperty("mean").GetDouble();
    }

    [Theory]
    [InlineData("microkernel", "pipe")]
    [InlineData("monolithic", "lrpc")]
    public void Where_nobody_implements_it_one_line_says_so(
        string architecture, string operation)
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            ["run", File, "--quiet", "--out", command.PathOf("run"),
                .. Options(architecture, operation)]);

        Assert.Equal(2, code);
        Assert.Contains(
            $"{architecture} cannot run ipc-bench of caller: its programs have no {operation}",
            errors);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public void A_caller_that_has_asked_its_rounds_ends_and_so_does_the_answerer()
    {
        var result = Run(
            "exokernel", "pipe", "--set", "machines.server.tenants.caller.app.rounds=100",
            "--set", "warm-up=0ms");
        // The first few rounds came before both were ready, and are not measured.
        Assert.InRange(
            result.GetProperty("groups")[0].GetProperty("operations").GetInt64(), 150, 200);
    }

    private static JsonElement Run(
        string architecture, string operation, params string[] settings)
    {
        using var command = new CommandRun();
        return command.Result(File, [.. Options(architecture, operation), .. settings]);
    }

    private static string[] Options(string architecture, string operation) =>
    [
        "--architecture", architecture, "--set", "duration=50ms",
        "--set", $"machines.server.tenants.caller.app.operation={operation}",
        "--set", $"machines.server.tenants.answerer.app.operation={operation}",
    ];
}
