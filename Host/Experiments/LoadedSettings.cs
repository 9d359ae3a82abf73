using Disguise.Host.Experiments.Keys;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments;

/// <summary>
/// Applies settings by path to a tree: those of the experiment change it; those of the platform
/// and the profile are kept for their loaders, and written under <c>set:</c>.
/// </summary>
internal sealed class LoadedSettings(SourceMapping tree)
{
    private readonly SortedDictionary<string, string> platform = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> profile = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Platform => platform;

    public IReadOnlyDictionary<string, string> Profile => profile;

    /// <summary>Applies <c>set:</c> of the file; whether it changed the tree.</summary>
    public bool ApplySection(Section root)
    {
        if (tree.Find("set") is not { } node)
            return false;
        var section = (SourceMapping)root.Find("set")!.Kind.Read(node, "set", new ReadingState());
        var changed = false;
        foreach (var (path, value) in section.Entries)
            changed |= Apply(root, path.Text, value);
        return changed;
    }

    /// <summary>Applies one setting; whether it changed the tree.</summary>
    public bool Apply(Section root, string path, SourceNode value)
    {
        if (!KeyPath.IsLoaded(path, out var which, out var key))
        {
            if (
                path is "set" or "sweep"
                || path.StartsWith("set.", StringComparison.Ordinal)
                || path.StartsWith("sweep.", StringComparison.Ordinal)
            )
                throw value.Position.Error(
                    $"{path} cannot be set by path",
                    "a path of another key"
                );
            new KeyPath(root, tree).Set(path, value.Copy());
            return true;
        }

        if (value is not SourceScalar { IsNull: false } scalar)
            throw value.Position.Error($"{path} is {value.Noun}", "a single value");
        (which == "platform" ? platform : profile)[key] = scalar.Text;
        return false;
    }

    /// <summary>The tree as YAML, with the loaders' settings in it.</summary>
    public string Write()
    {
        var copy = (SourceMapping)tree.Copy();
        if (platform.Count + profile.Count > 0)
        {
            var section = new SourceMapping(tree.Position);
            foreach (var (key, value) in platform)
                Add(section, $"platform.{key}", value);
            foreach (var (key, value) in profile)
                Add(section, $"profile.{key}", value);
            copy.Set("set", section);
        }
        else if (copy.Find("set") is not null)
        {
            copy.Set("set", new SourceMapping(tree.Position));
        }

        return SourceWriter.Write(copy);
    }

    private void Add(SourceMapping section, string path, string value) =>
        section.Set(path, new SourceScalar(tree.Position, value, plain: false));
}
