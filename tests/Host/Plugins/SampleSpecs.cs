using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using Disguise.Host.Composition;
using Disguise.Host.Tests.Captures;
using Disguise.Host.Tests.Runs;
using Disguise.Specification;
using Disguise.Specification.Clauses;

namespace Disguise.Host.Tests.Plugins;

/// <summary>
/// An architecture from outside: the sample is built against our packages alone, passes the
/// specification, and stands beside ours in a comparison.
/// </summary>
[Collection(PluginCollection.Name)]
public sealed class SampleSpecs(PackedLibraries packed)
{
    private const int LineLimit = 400;

    private static readonly string Sample = Path.Combine(Sdk.Checkout, "samples", "ix");

    [Fact]
    public void The_sample_passes_the_specification_on_packages_alone_and_is_a_column()
    {
        var folder = Path.Combine(packed.Folder, "ix");
        Sdk.Copy(Sample, folder);
        packed.Feeds(folder);

        Sdk.Run(
            folder, "test", "Ix.sln", "-nodeReuse:false", "--logger", "trx",
            "--results-directory", Path.Combine(folder, "results"),
            $"-p:DisguiseVersion={packed.Version}");

        AssertPackagesAlone(Path.Combine(folder, "src"));
        AssertPackagesAlone(Path.Combine(folder, "tests"), "Ix");
        AssertEveryClausePassed(Path.Combine(folder, "results"));
        AssertIsColumn(folder);
        Assert.Equal(ExchangeUnder("arrakis", folder), ExchangeUnder("ix", folder));
    }

    [Fact]
    public void The_sample_is_short_and_inherits_from_no_architecture()
    {
        var files = Directory.GetFiles(Path.Combine(Sample, "src"), "*.cs");
        var lines = files.SelectMany(File.ReadAllLines).Select(line => line.Trim())
            .Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));

        Assert.InRange(lines, 100, LineLimit - 1);
        Assert.Contains(
            ": IArchitecture\n",
            File.ReadAllText(Path.Combine(Sample, "src", "IxArchitecture.cs")));
    }

    /// <summary>Of ours it has packages; projects are its own.</summary>
    private void AssertPackagesAlone(string project, params string[] ownProjects)
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(project, "obj", "project.assets.json")));
        var used = assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Select(library => (
                Name: library.Name.Split('/'),
                Type: library.Value.GetProperty("type").GetString()))
            .ToArray();

        Assert.Equal(
            ownProjects,
            used.Where(library => library.Type == "project").Select(library => library.Name[0]));
        var ours = used.Where(library =>
            library.Name[0].StartsWith("Disguise.", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(ours);
        Assert.All(ours, library => Assert.Equal(packed.Version, library.Name[1]));
    }

    private static void AssertEveryClausePassed(string results)
    {
        var clauses = typeof(ArchitectureSpecification)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => method.GetCustomAttribute<ClauseAttribute>() is not null)
            .Select(method => method.Name).Order(StringComparer.Ordinal);
        var report = XDocument.Load(Assert.Single(Directory.GetFiles(results, "*.trx")));
        var passed = report.Descendants()
            .Where(element => element.Name.LocalName == "UnitTestResult")
            .Where(result => result.Attribute("outcome")!.Value == "Passed")
            .Select(result => result.Attribute("testName")!.Value.Split('.')[^1]);

        Assert.Equal(clauses, passed.Order(StringComparer.Ordinal));
    }

    /// <summary>What is on the wire of the first client, request by request.</summary>
    private static IReadOnlyList<string> ExchangeUnder(string architecture, string folder)
    {
        var run = Path.Combine(folder, $"run-{architecture}");
        var (code, _, errors) = OwnProcess.Run(
            folder, "run", "ix.yaml", "--quiet", "--architecture", architecture, "--out", run,
            "--pcap", "load[0]", "--set", "clients.load.app.outstanding=1", "--set",
            "duration=1ms");
        Assert.True(code == 0, $"exit code {code}: {errors}");
        return CapturedFrames.First(Path.Combine(run, "packets.pcapng"), 100);
    }

    /// <summary>As many columns as there are architectures, and one more.</summary>
    private static void AssertIsColumn(string folder)
    {
        var experiment = Path.Combine(folder, "ix.yaml");
        var (code, output, errors) = OwnProcess.Run(
            folder, "compare", experiment, "--json", "--quiet", "--out",
            Path.Combine(folder, "run"));

        Assert.True(code == 0, $"exit code {code}: {errors}");
        using var result = JsonDocument.Parse(output);
        var runs = result.RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(
            Architectures.All.Select(known => known.Name).Append("ix").Order(),
            runs.Select(run => run.GetProperty("architecture").GetString()!).Order());
        var ix = runs.Single(run => run.GetProperty("architecture").GetString() == "ix");
        Assert.True(ix.GetProperty("operations").GetInt64() > 1_000);
        Assert.Equal(0, ix.GetProperty("kernel_messages_on_data_path").GetInt64());
        Assert.All(
            ix.GetProperty("referees").EnumerateArray(),
            referee => Assert.Equal(0, referee.GetProperty("violations").GetInt64()));
    }
}
