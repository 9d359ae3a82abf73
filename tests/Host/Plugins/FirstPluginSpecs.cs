using System.Text.Json;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Plugins;

/// <summary>From nothing to a column of one's own: <c>init --plugin</c>, build, compare.</summary>
public sealed class FirstPluginSpecs : IDisposable
{
    private readonly CommandRun command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public void A_first_plug_in_builds_and_runs_as_it_was_written()
    {
        var folder = command.PathOf("my-kernel");

        Assert.Equal((0, "", ""), command.Run("init", "--plugin", folder));
        Assert.Equal(
            ["MyKernel.cs", "MyKernel.csproj", "my-kernel.yaml"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Sdk.Run(folder, "build", "-nodeReuse:false");
        var (code, output, errors) = OwnProcess.Run(
            folder, "compare", "my-kernel.yaml", "--json", "--quiet", "--out",
            command.PathOf("run"));

        Assert.True(code == 0, $"exit code {code}: {errors}");
        using var result = JsonDocument.Parse(output);
        var runs = result.RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(
            ["arrakis", "my-kernel"],
            runs.Select(run => run.GetProperty("architecture").GetString()!));
        Assert.All(runs, run => Assert.True(run.GetProperty("operations").GetInt64() > 1_000));
    }

    [Fact]
    public void Nothing_is_written_over_and_the_folder_is_a_name()
    {
        var folder = command.PathOf("mine");
        Assert.Equal(0, command.Run("init", "--plugin", folder).Code);

        Refuses($"{folder}: is there already; allowed: a name that is free", folder);
        Refuses(
            $"{command.PathOf("My Kernel")}: is no name for an architecture; "
                + "allowed: [a-z][a-z0-9-]*",
            command.PathOf("My Kernel"));
        Refuses(
            $"{command.PathOf("arrakis")}: architecture arrakis is there already; "
                + "allowed: a name of its own",
            command.PathOf("arrakis"));
        Refuses("init --plugin: no folder; allowed: init --plugin NAME, the architecture's name");
    }

    [Fact]
    public void With_json_it_says_what_it_wrote()
    {
        var (code, output, _) = command.Run("init", "--plugin", command.PathOf("own"), "--json");

        Assert.Equal(0, code);
        using var answer = JsonDocument.Parse(output);
        Assert.Equal(
            ["Own.cs", "Own.csproj", "own.yaml"],
            answer.RootElement.GetProperty("files").EnumerateArray()
                .Select(file => file.GetString()!));
    }

    private void Refuses(string line, params string[] folder) => Assert.Equal(
        (2, "", line + "\n"), command.Run(["init", "--plugin", .. folder]));
}
