using System.Globalization;

namespace Disguise.Host.Tests.Runs;

/// <summary>A machine whose kernel does not boot in its memory is bad input, and the least that is
/// named is enough.</summary>
public sealed class SmallMemorySpecs
{
    [Theory]
    [InlineData("monolithic", "16", "1")]
    [InlineData("monolithic", "2", "1")]
    [InlineData("microkernel", "16", "1")]
    [InlineData("microkernel", "16", "20")]
    [InlineData("microkernel", "2", "1")]
    public void A_kernel_that_does_not_boot_says_how_much_it_needs_in_one_line(
        string architecture, string cores, string mebibytes)
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        (int Code, string Output, string Errors) Run(string memory) => command.Run(
            "run", file, "--quiet", "--architecture", architecture, "--set",
            $"machines.server.memory={memory}MiB", "--set", $"machines.server.cores={cores}",
            "--set", $"machines.server.tenants.echo.count={cores}", "--out",
            command.PathOf($"out{memory}"));

        var (code, output, errors) = Run(mebibytes);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(
            $"server: its kernel does not boot in {mebibytes} MiB of memory; allowed: ", errors);
        Assert.Single(errors, letter => letter == '\n');
        Assert.False(Directory.Exists(command.PathOf($"out{mebibytes}")));
        var least = int.Parse(
            errors.Split("allowed: ")[1].Split("MiB")[0], CultureInfo.InvariantCulture);
        Assert.Equal(2, Run($"{least - 1}").Code);
        Assert.Equal(0, Run($"{least}").Code);
    }

    [Theory]
    [InlineData("exokernel")]
    [InlineData("arrakis")]
    public void A_kernel_that_boots_with_little_refuses_its_tenants(string architecture)
    {
        using var command = new CommandRun();
        var run = command.Result(
            command.Write("small.yaml", SmallWorld.Text), "--architecture", architecture, "--set",
            "machines.server.memory=1MiB", "--set", "machines.server.tenants.echo.count=16",
            "--set", "machines.server.cores=16", "--set", "machines.server.nic.vfs=16");

        Assert.True(run.GetProperty("tenants_refused").GetInt64() > 0);
    }
}
