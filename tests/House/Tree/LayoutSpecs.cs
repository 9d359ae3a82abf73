namespace Disguise.House.Tests.Tree;

public sealed class LayoutSpecs
{
    private static readonly string[] Folders =
    [
        .. SourceTree.Layers, "tests", "experiments", "benchmarks", "deploy", "docs", "samples",
        "build", ".ci",
    ];

    private static readonly string[] Documents =
        ["README.md", "ARCHITECTURE.md", "CAVEATS.md", "LICENSE"];

    private static readonly string[] BuildFiles =
    [
        "Cluster.sln", "Directory.Build.props", "Directory.Packages.props", "nuget.config",
        "global.json", ".editorconfig", ".gitattributes", ".gitignore",
        "disguise", "disguise.cmd",
    ];

    [Fact]
    public void Nothing_else_stands_at_the_top()
    {
        Found.Nothing(SourceTree.Top.Except([.. Folders, .. Documents, .. BuildFiles]));
    }

    [Fact]
    public void The_readme_lists_every_experiment_at_hand()
    {
        var text = File.ReadAllText(Checkout.PathOf("README.md"));

        Found.Nothing(SourceTree.Files
            .Select(file => file.Name)
            .Where(name => Path.GetDirectoryName(name) == "experiments"
                && name.EndsWith(".yaml", StringComparison.Ordinal))
            .Where(name => !text.Contains(name, StringComparison.Ordinal)));
    }
}
