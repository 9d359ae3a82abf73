using System.Diagnostics;

namespace Disguise.Host.Tests.Plugins;

/// <summary>The .NET SDK, as somebody else calls it who has a solution of his own.</summary>
internal static class Sdk
{
    /// <summary>The folder that holds <c>Cluster.sln</c>.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>The configuration that these tests, and all that they need, were built in.
    /// </summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Runs a command of the SDK that must succeed; what it wrote.</summary>
    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the SDK that runs these tests has set is not for the one that is called here.
        var inherited = start.Environment.Keys
            .Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase))
            .ToArray();
        foreach (var name in inherited)
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // No compiler or build node may outlive the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"dotnet {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}"
                + errors.Result);
        return output;
    }

    /// <summary>Copies a folder without what was built in it.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
        {
            if (Path.GetFileName(folder) is { } name and not ("bin" or "obj"))
                Copy(folder, Path.Combine(to, name));
        }
    }

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("no Cluster.sln above the built tests");
    }
}
