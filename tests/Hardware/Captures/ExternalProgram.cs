using System.Diagnostics;

namespace Disguise.Hardware.Tests.Captures;

/// <summary>A program that we did not write, run once in a folder of its own.</summary>
internal sealed class ExternalProgram : IDisposable
{
    public string Folder { get; } =
        Directory.CreateTempSubdirectory("disguise-captures-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs it to its end, which must be a success, and returns what it printed.</summary>
    public string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Folder; // No settings of whoever runs the tests.
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.Result}");
        return output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
