using System.Text.RegularExpressions;
using Disguise.Host.Results;

namespace Disguise.Host.Tests.Results;

/// <summary>What kernels report is what an expectation may name.</summary>
public sealed partial class ControlCallNamesSpecs
{
    // Served in a call, and not reported as one: they are the data path.
    private static readonly string[] OnDataPath = ["read-region", "transmit", "write-region"];

    [Fact]
    public void Every_call_that_a_kernel_reports_has_its_name_here()
    {
        var kernels = Path.Combine(Root(), "Kernels");
        var reported = Directory.EnumerateFiles(kernels, "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .SelectMany(text => Reported().Matches(text).Select(match => match.Groups[1].Value))
            .Except(OnDataPath)
            .Distinct()
            .ToList();

        Assert.InRange(reported.Count, 60, 200);
        Assert.Empty(reported.Except(ControlCallNames.All));
        Assert.Empty(OnDataPath.Intersect(ControlCallNames.All));
    }

    [Fact]
    public void A_command_of_Arrakis_goes_by_its_type() =>
        Assert.Contains("create-filter", ControlCallNames.All);

    [GeneratedRegex(
        "(?:ControlCall\\(|Report\\(kernel,|Return\\(task,|override string Name =>|"
            + "KernelCall\\.\\w+ =>)\\s*\"([a-z-]+)\"[,;)]")]
    private static partial Regex Reported();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Cluster.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
