namespace Disguise.Host.Experiments;

/// <summary>
/// The experiments of the checkout, as they were when the program was built: those that verbs run
/// by themselves are found wherever the program is called from.
/// </summary>
public static class ShippedFiles
{
    private const string Folder = "experiments/";

    /// <summary>Their paths in the checkout, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ShippedFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of one.</summary>
    /// <exception cref="ExperimentError">There is none of that path.</exception>
    public static string TextOf(string path)
    {
        using var stream = typeof(ShippedFiles).Assembly.GetManifestResourceStream(path)
            ?? throw new ExperimentError(
                ExperimentError.Show(path), "no such experiment comes with the program",
                string.Join(", ", Names));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
