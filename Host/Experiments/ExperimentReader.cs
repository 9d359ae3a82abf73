using Disguise.Host.Experiments.Keys;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments;

/// <summary>
/// Reads an experiment file: YAML 1.2, then the command line's overrides, then every key and
/// everything that must fit together. What it gives back can be built; else it throws one line.
/// </summary>
public static class ExperimentReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path, as the user named it.</param>
    /// <param name="overrides">Values of the command line, later ones over earlier.</param>
    /// <param name="catalog">The names it may use; null for those of this program.</param>
    /// <exception cref="ExperimentError">
    /// The file cannot be read, or something in it is wrong.
    /// </exception>
    public static Experiment Read(
        string file,
        IReadOnlyList<Override>? overrides = null,
        ExperimentCatalog? catalog = null
    )
    {
        return ReadText(file, TextOf(file), overrides, catalog);
    }

    /// <summary>The names that a file may use: this program's and those of its plug-ins.
    /// </summary>
    /// <exception cref="ExperimentError">
    /// The file cannot be read, or a plug-in of it cannot be used.
    /// </exception>
    public static ExperimentCatalog CatalogOf(string file) => CatalogOf(file, TextOf(file));

    private static ExperimentCatalog CatalogOf(
        string file,
        string text,
        IReadOnlyList<Override>? overrides = null,
        ExperimentCatalog? catalog = null
    ) =>
        // What is no mapping is refused where it is read.
        SourceReader.ReadFile(file, text) is SourceMapping tree
            ? PluginSection.Extend(catalog ?? ExperimentCatalog.Default, tree, overrides)
            : catalog ?? ExperimentCatalog.Default;

    /// <summary>The text of a file.</summary>
    /// <exception cref="ExperimentError">It cannot be read.</exception>
    internal static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            throw new ExperimentError(
                ExperimentError.Show(file),
                Directory.Exists(file) ? "is a folder"
                    : File.Exists(file) ? "cannot be read"
                    : "there is no such file",
                "the path of an experiment file"
            );
        }
    }

    /// <summary>Reads a text as if it stood in a file.</summary>
    /// <inheritdoc cref="Read"/>
    public static Experiment ReadText(
        string file,
        string text,
        IReadOnlyList<Override>? overrides = null,
        ExperimentCatalog? catalog = null
    )
    {
        catalog = CatalogOf(file, text, overrides, catalog);
        var table = new KeyTable(catalog);
        var (experiment, tree) = Bind(file, text, overrides, catalog, table);
        CheckSweep(experiment, tree, table, catalog);
        return experiment;
    }

    /// <summary>
    /// Reads one point of a sweep: the values of all axes are among the overrides, and those of
    /// other points are no matter.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    internal static Experiment ReadPoint(
        string file,
        string text,
        IReadOnlyList<Override> overrides
    )
    {
        var catalog = CatalogOf(file, text, overrides);
        return Bind(file, text, overrides, catalog, new KeyTable(catalog)).Experiment;
    }

    private static (Experiment Experiment, SourceMapping Tree) Bind(
        string file,
        string text,
        IReadOnlyList<Override>? overrides,
        ExperimentCatalog catalog,
        KeyTable table
    )
    {
        if (SourceReader.ReadFile(file, text) is not SourceMapping tree)
            throw new ExperimentError(
                $"{file}:1",
                "the experiment is no mapping",
                table.Root.Allowed
            );
        var settings = new LoadedSettings(tree);
        var changed = settings.ApplySection(table.Root);
        foreach (var change in overrides ?? [])
            settings.Apply(
                table.Root,
                change.Path,
                SourceReader.ReadOption(change.Shown, change.Value)
            );
        var yaml = changed || overrides is { Count: > 0 } ? settings.Write() : text;
        var binder = new ExperimentBinder(table, catalog, file, yaml, settings);
        return (binder.Bind(tree), tree);
    }

    /// <summary>Checks that each value of a sweep, by itself, makes an experiment.</summary>
    private static void CheckSweep(
        Experiment experiment,
        SourceMapping tree,
        KeyTable table,
        ExperimentCatalog catalog
    )
    {
        if (tree.Find("sweep") is not SourceMapping sweep)
            return;
        foreach (var (path, values) in sweep.Entries)
        {
            foreach (var value in ((SourceSequence)values).Items)
            {
                var copy = (SourceMapping)tree.Copy();
                var settings = new LoadedSettings(copy);
                settings.Apply(table.Root, path.Text, value.Copy());
                new ExperimentBinder(table, catalog, experiment.File, "", settings).Bind(copy);
            }
        }
    }
}
