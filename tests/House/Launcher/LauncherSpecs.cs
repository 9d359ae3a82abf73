using System.Diagnostics;

namespace Disguise.House.Tests.Launcher;

public sealed class LauncherSpecs : IDisposable
{
    // Stands in for the SDK: counts its calls and makes a program that ends with code 42.
    private const string BuildingDotnet = """
        #!/usr/bin/env bash
        echo build >> "$CHECKOUT/builds"
        mkdir -p "$CHECKOUT/Host/bin/Release/net10.0"
        printf '#!/usr/bin/env bash\necho "ran $*"\nexit 42\n' \
            > "$CHECKOUT/Host/bin/Release/net10.0/disguise"
        chmod +x "$CHECKOUT/Host/bin/Release/net10.0/disguise"
        """;

    private const string FailingDotnet = """
        #!/usr/bin/env bash
        echo 'Host/Program.cs(1,1): error CS1002: ; expected'
        echo 'Time Elapsed 00:00:01'
        exit 1
        """;

    private readonly string checkout = Directory.CreateTempSubdirectory("launcher").FullName;

    public LauncherSpecs()
    {
        string[] folders = ["Actors", "Hardware", "Kernels", "LibOS", "Host", "build/Analyzers"];
        foreach (var folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(checkout, folder));
            Age(Write(folder + "/Source.cs", ""));
        }

        Age(Write("Directory.Build.props", ""));
        Write("disguise", File.ReadAllText(Checkout.PathOf("disguise")));
        Write("sdk/dotnet", BuildingDotnet);
    }

    public void Dispose() => Directory.Delete(checkout, recursive: true);

    [RequiresProgramFact("bash")]
    public void The_first_start_builds_and_the_next_does_not()
    {
        Launch();
        Launch();

        Assert.Equal(1, Builds());
    }

    [RequiresProgramFact("bash")]
    public void Arguments_output_and_exit_code_pass_through()
    {
        var (exitCode, output, errors) = Launch("run", "a b.yaml");

        Assert.Equal((42, "ran run a b.yaml\n", ""), (exitCode, output, errors));
    }

    [RequiresProgramFact("bash")]
    public void A_newer_source_is_built()
    {
        string[] sources = ["Actors/Source.cs", "build/Source.cs", "Directory.Build.props"];
        Launch();

        for (var i = 0; i < sources.Length; i++)
        {
            var path = Write(sources[i], "// newer");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
            Launch();
            Assert.Equal(i + 2, Builds());
            Age(path);
        }
    }

    [RequiresProgramFact("bash")]
    public void A_removed_source_is_noticed()
    {
        Launch();
        Age(Path.Combine(checkout, "Host/obj/launcher-built"));
        foreach (var folder in Directory.GetDirectories(checkout, "*", SearchOption.AllDirectories))
        {
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddDays(-2));
        }

        Launch();
        Assert.Equal(1, Builds());
        File.Delete(Path.Combine(checkout, "Kernels/Source.cs"));
        Launch();

        Assert.Equal(2, Builds());
    }

    [RequiresProgramFact("bash")]
    public void A_failed_build_prints_the_compilers_lines_and_runs_nothing()
    {
        Write("sdk/dotnet", FailingDotnet);

        var (exitCode, output, errors) = Launch("run");

        Assert.Equal(
            (3, "", "Host/Program.cs(1,1): error CS1002: ; expected\n"),
            (exitCode, output, errors));
    }

    private static void Age(string file) =>
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));

    private string Write(string name, string text)
    {
        var path = Path.Combine(checkout, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        return path;
    }

    private int Builds() => File.ReadAllLines(Path.Combine(checkout, "builds")).Length;

    private (int ExitCode, string Output, string Errors) Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(checkout, "disguise"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CHECKOUT"] = checkout;
        start.Environment["PATH"] =
            Path.Combine(checkout, "sdk") + ":" + Environment.GetEnvironmentVariable("PATH");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
