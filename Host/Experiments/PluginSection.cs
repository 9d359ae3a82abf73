using Disguise.Host.Experiments.Source;
using Disguise.Host.Plugins;

namespace Disguise.Host.Experiments;

/// <summary>
/// The <c>plugins:</c> of an experiment: read before anything else, as the names that the rest
/// may use come from them.
/// </summary>
internal static class PluginSection
{
    private const string Key = "plugins";

    /// <summary>The catalog with the names of the plug-ins that a text asks for.</summary>
    /// <exception cref="ExperimentError">One of them cannot be used.</exception>
    public static ExperimentCatalog Extend(
        ExperimentCatalog catalog, SourceMapping tree, IReadOnlyList<Override>? overrides)
    {
        var given = overrides?.LastOrDefault(change => change.Path == Key);
        var node = given is null
            ? tree.Find(Key) : SourceReader.ReadOption(given.Shown, given.Value);
        var items = node is SourceSequence list ? list.Items : node is null ? [] : [node];
        var names = new List<string>();
        foreach (var item in items)
        {
            // What is no text is refused where the keys are checked.
            if (item is not SourceScalar { IsNull: false } path)
                continue;
            foreach (var architecture in Load(path, tree.Position.File).Architectures)
            {
                if (!names.Contains(architecture.Name))
                    names.Add(architecture.Name);
            }
        }

        return names.Count == 0 ? catalog : catalog with
        {
            Architectures = [.. catalog.Architectures, .. names],
            PluginArchitectures = names,
        };
    }

    private static Plugin Load(SourceScalar path, string file)
    {
        try
        {
            return PluginLoader.Load(
                Path.Combine(Path.GetDirectoryName(file) ?? "", path.Text),
                ExperimentCatalog.Default.Architectures);
        }
        catch (PluginException cause)
        {
            throw path.Position.Error(
                $"{Key}: {ExperimentError.Show(path.Text)}: {cause.Message}", cause.Allowed);
        }
    }
}
