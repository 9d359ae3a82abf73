using System.Xml.Linq;

namespace Disguise.House.Tests.Tree;

/// <summary>What the checkout holds, apart from what builds and runs leave behind.</summary>
internal static class SourceTree
{
    /// <summary>The layers in the order of the arrows: each knows those before it.</summary>
    public static readonly string[] Layers = ["Actors", "Hardware", "Kernels", "LibOS", "Host"];

    private static readonly string[] Outputs =
        [
        ".git", ".vs", ".idea", "artifacts", "bin", "obj", "runs", "TestResults",
        "BenchmarkDotNet.Artifacts",
    ];

    private static readonly string[] TextKinds =
    [
        "", ".cs", ".csproj", ".css", ".editorconfig", ".gitattributes", ".gitignore",
        ".globalconfig", ".html", ".js", ".json", ".md", ".props", ".sh", ".targets", ".txt",
        ".yaml", ".yml",
    ];

    /// <summary>The text files, in the order of their names.</summary>
    public static SourceFile[] Files { get; } = Walk("")
        .Where(name => TextKinds.Contains(Path.GetExtension(name)))
        .Order(StringComparer.Ordinal)
        .Select(name => new SourceFile(name, File.ReadAllText(Checkout.PathOf(name))))
        .ToArray();

    /// <summary>The C# files.</summary>
    public static SourceFile[] CSharp { get; } = [.. Files.Where(file => file.IsCSharp)];

    /// <summary>The projects that the solution builds, samples apart.</summary>
    public static SourceFile[] Projects { get; } =
    [
        .. Files.Where(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal)
            && !file.Name.StartsWith("samples/", StringComparison.Ordinal)),
    ];

    /// <summary>The files and folders at the top.</summary>
    public static string[] Top { get; } =
    [
        .. Directory.GetFileSystemEntries(Checkout.Root)
            .Select(entry => Path.GetFileName(entry))
            .Where(name => !Outputs.Contains(name)),
    ];

    /// <summary>One property of a project, empty where it has none.</summary>
    public static string Property(SourceFile project, string property) =>
        XDocument.Parse(project.Text).Descendants(property).FirstOrDefault()?.Value ?? "";

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var path in Directory.GetFiles(Checkout.PathOf(folder)))
        {
            yield return folder + Path.GetFileName(path);
        }

        foreach (var path in Directory.GetDirectories(Checkout.PathOf(folder)))
        {
            var name = Path.GetFileName(path);
            if (Outputs.Contains(name))
            {
                continue;
            }

            foreach (var file in Walk(folder + name + "/"))
            {
                yield return file;
            }
        }
    }
}
