using System.Text.Json;
using Disguise.Host.Commands;

namespace Disguise.Host.Tests.Runs;

/// <summary>Command lines of the real command, with a folder of their own for what they write.
/// </summary>
internal sealed class CommandRun : IDisposable
{
    public static string First => Shipped("first.yaml");

    public string Folder { get; } = Directory.CreateTempSubdirectory("disguise-run-").FullName;

    public static string Shipped(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Experiments", "Shipped", name);

    public string PathOf(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public (int Code, string Output, string Errors) Run(params string[] arguments) =>
        Run(CancellationToken.None, arguments);

    public (int Code, string Output, string Errors) Run(
        CancellationToken interrupted, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = DisguiseCommand.Run(
            arguments, Program.Handlers, new Terminal(output, errors, interrupted));
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs an experiment that must succeed, and gives its only run.</summary>
    public JsonElement Result(string file, params string[] options) =>
        Whole(file, options).GetProperty("runs")[0];

    /// <summary>Runs an experiment that must succeed, and gives the whole result.</summary>
    public JsonElement Whole(string file, params string[] options)
    {
        var (code, output, errors) = Run(
        [
            "run", file, "--json", "--quiet", "--threads", "1",
            .. options.Contains("--out") ? Array.Empty<string>() : ["--out", PathOf("run")],
            .. options,
        ]);
        Assert.True(code == 0, $"exit code {code}: {errors}");
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
