namespace Disguise.Host.Tests.Runs;

/// <summary>Programs that fork, on whole machines.</summary>
public sealed class ForkSpecs
{
    private static readonly string File = CommandRun.Shipped("exokernel/fork.yaml");

    [Theory]
    [InlineData("exokernel", "pentium-pro-200", "xok")]
    [InlineData("monolithic", "pentium-pro-200", "xok")]
    [InlineData("exokernel", "decstation-5000-125", "aegis-exos")]
    [InlineData("monolithic", "decstation-5000-125", "ultrix-4.2")]
    [InlineData("exokernel", "xeon-e5-2430-x520", "extaris")]
    [InlineData("monolithic", "xeon-e5-2430-x520", "linux-3.8")]
    public void A_fork_takes_longer_the_more_pages_and_each_side_keeps_its_writes(
        string architecture, string platform, string profile)
    {
        var few = Run(architecture, platform, profile, "fork", 10);
        var many = Run(architecture, platform, profile, "fork", 60);
        var write = Run(architecture, platform, profile, "first-write", 10);

        // A program that finds another's value crashes, and measures nothing after that.
        Assert.True(many > few);
        Assert.True(write > 0);
    }

    [Fact]
    public void An_environment_forks_at_a_higher_price_than_a_process() => Assert.True(
        Run("exokernel", "pentium-pro-200", "xok", "fork", 100)
            > Run("monolithic", "pentium-pro-200", "xok", "fork", 100));

    [Theory]
    [InlineData("arrakis", "one container with one protection domain")]
    [InlineData("microkernel", "its pager has no call that copies an address space")]
    public void Where_nothing_can_fork_one_line_says_why(string architecture, string reason)
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            "run", File, "--architecture", architecture, "--set", "platform=xeon-e5-2430-x520",
            "--quiet", "--out", command.PathOf("run"));

        Assert.Equal(2, code);
        Assert.Contains($"{architecture} cannot run fork-bench of bench, which forks: ", errors);
        Assert.Contains(reason, errors);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("exokernel")]
    [InlineData("monolithic")]
    public void Two_threads_of_the_emulator_give_the_hash_of_one(string architecture)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "verify", File, "--architecture", architecture, "--set", "duration=10ms", "--quiet",
            "--out", command.PathOf("run"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("all hashes are equal", output);
    }

    private static double Run(
        string architecture, string platform, string profile, string operation, int pages)
    {
        using var command = new CommandRun();
        var result = command.Result(
            File, "--architecture", architecture, "--set", "warm-up=5ms", "--set",
            "duration=30ms", "--set", $"platform={platform}", "--set", $"profile={profile}",
            "--set", $"machines.server.tenants.bench.app.operation={operation}", "--set",
            $"machines.server.tenants.bench.app.pages={pages}");
        Assert.All(
            result.GetProperty("referees").EnumerateArray(),
            referee => Assert.Equal(0, referee.GetProperty("violations").GetInt32()));
        Assert.True(result.GetProperty("groups")[0].GetProperty("operations").GetInt64() > 3);
        return result.GetProperty("latency_us").GetProperty("mean").GetDouble();
    }
}
