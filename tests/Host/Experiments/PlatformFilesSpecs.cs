using Disguise.Host.Experiments;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Experiments;

/// <summary>Platforms of one's own.</summary>
public sealed class PlatformFilesSpecs
{
    private const string Mine = """
        like = xeon-e5-2430-x520
        nic = ideal-vnic
        trap = 77 ns # measured
        """;

    [Fact]
    public void A_path_is_read_beside_the_experiment()
    {
        using var command = new CommandRun();
        command.Write("mine.platform", Mine);
        var file = command.Write("small.yaml", Text("./mine.platform"));
        var native = command.Result(file, "--set", "machines.server.nic.vfs=100");

        Assert.Equal("./mine.platform", native.GetProperty("platform").GetString());
        var costs = Running.CostBook.Load(ExperimentReader.Read(file));
        Assert.Equal(77_000, costs.Table.Of(costs.Keys.Single(key => key.Name == "trap")));
        Assert.Equal("measured", costs.CitationOf(costs.Keys.Single(key => key.Name == "trap")));
    }

    [Fact]
    public void A_name_is_read_from_the_current_folder()
    {
        using var command = new CommandRun();
        command.Write("mine.platform", Mine);
        command.Write("small.yaml", Text("mine"));
        var (code, _, errors) = OwnProcess.Run(
            command.Folder, "run", "small.yaml", "--quiet", "--out", "out");
        Assert.Equal((0, ""), (code, errors));

        var (otherCode, _, otherErrors) = command.Run("run", command.PathOf("small.yaml"));
        Assert.Equal(2, otherCode);
        Assert.Contains("platform: mine, did you mean ", otherErrors);
    }

    [Theory]
    [InlineData("./none.platform", "", "there is no platform file ")]
    [InlineData("./mine.platform", "nic = x520\ntrap = 5 parsecs # so\n", "mine.platform:2: trap ")]
    [InlineData("./mine.platform", "nic = x521\n", "mine.platform:1: no nic x521")]
    [InlineData("./mine.platform", "like = vax\nnic = x520\n", "no other platform vax")]
    public void A_file_that_is_wrong_is_one_line(string platform, string text, string problem)
    {
        using var command = new CommandRun();
        command.Write("mine.platform", text);
        var (code, output, errors) = command.Run(
            "run", command.Write("small.yaml", Text(platform)), "--quiet", "--out",
            command.PathOf("out"));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(problem, errors);
        Assert.Single(errors, letter => letter == '\n');
    }

    [Fact]
    public void A_card_of_ones_own_bounds_its_virtual_functions()
    {
        using var command = new CommandRun();
        command.Write("mine.platform", Mine.Replace("ideal-vnic", "x520"));
        var (code, _, errors) = command.Run(
            "run", command.Write("small.yaml", Text("./mine.platform")), "--quiet",
            "--set", "machines.server.nic.vfs=100");

        Assert.Equal(2, code);
        Assert.Contains("100, and the x520 of ./mine.platform has ", errors);
    }

    private static string Text(string platform) =>
        SmallWorld.Text.Replace("xeon-e5-2430-x520", platform);
}
