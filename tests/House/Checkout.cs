namespace Disguise.House.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds <c>Cluster.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where a file of the checkout is, named from the root.</summary>
    public static string PathOf(string name) => Path.Combine(Root, name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("no Cluster.sln above the built tests");
    }
}
