using System.Globalization;

namespace Disguise.Host.Tests.Plugins;

/// <summary>
/// Our libraries as packages, of a version that nobody else restores, as they were built for these
/// tests; made once for all tests that build against them.
/// </summary>
public sealed class PackedLibraries : IDisposable
{
    /// <summary>Packs the libraries.</summary>
    public PackedLibraries() => Sdk.Run(
        Sdk.Checkout, "pack", "build/Packages.proj", "--no-build", "-nodeReuse:false",
        $"-p:Configuration={Sdk.Configuration}", $"-p:PackageVersion={Version}",
        $"-p:PackageOutputPath={Feed}");

    /// <summary>A folder of these tests'.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("disguise-plugin-").FullName;

    /// <summary>Where the packages are.</summary>
    public string Feed => Path.Combine(Folder, "packages");

    /// <summary>Their version.</summary>
    public string Version { get; } = string.Create(
        CultureInfo.InvariantCulture, $"0.1.0-test.{Environment.ProcessId}");

    /// <summary>Has a solution restore from the packages and from where it does anyway.</summary>
    public void Feeds(string solutionFolder) => File.WriteAllText(
        Path.Combine(solutionFolder, "nuget.config"),
        $"""
        <configuration>
          <packageSources>
            <add key="disguise" value="{Feed}" />
          </packageSources>
        </configuration>
        """);

    /// <summary>Takes away what was packed, built and restored.</summary>
    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget",
                "packages");
        if (!Directory.Exists(restored))
            return;
        foreach (var package in Directory.GetDirectories(restored, "disguise.*"))
        {
            var version = Path.Combine(package, Version);
            if (Directory.Exists(version))
                Directory.Delete(version, recursive: true);
        }
    }
}
