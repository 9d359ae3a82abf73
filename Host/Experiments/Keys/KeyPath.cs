using System.Globalization;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// Sets a value by its key path in a tree that is not checked yet. A step is a key of the section
/// (whether the file gives it or not), or the name, else the index, of a list's entry.
/// </summary>
internal sealed class KeyPath(Section root, SourceMapping tree)
{
    private static readonly string[] Loaded = ["platform", "profile"];

    /// <summary>
    /// Whether a path is one that the platform's or profile's loader reads:
    /// <c>platform.KEY</c>, <c>profile.KEY</c>.
    /// </summary>
    public static bool IsLoaded(string path, out string which, out string key)
    {
        var point = path.IndexOf('.');
        which = point < 0 ? "" : path[..point];
        key = point < 0 ? "" : path[(point + 1)..];
        return key.Length > 0 && Loaded.Contains(which);
    }

    /// <summary>Puts a value in the place that the path names.</summary>
    /// <exception cref="ExperimentError">
    /// The path matches nothing; the nearest is named.
    /// </exception>
    public void Set(string path, SourceNode value)
    {
        var steps = path.Split('.');
        ValueKind kind = root;
        SourceNode? node = tree;
        for (var at = 0; at < steps.Length; at++)
        {
            var before = string.Join('.', steps[..at]);
            var last = at == steps.Length - 1;
            (kind, node) = kind switch
            {
                Section section => Key(section, node, steps[at], before, last, value),
                ApplicationSection app => Key(
                    app.SectionOf(node, before),
                    node,
                    steps[at],
                    before,
                    last,
                    value
                ),
                ListKind list => Item(list, node, steps[at], before, last, value),
                _ => throw value.Position.Error(
                    $"no {ExperimentError.Show(steps[at])} in {before}",
                    $"{before} itself"
                ),
            };
        }
    }

    private static (ValueKind Kind, SourceNode? Node) Key(
        Section section,
        SourceNode? node,
        string name,
        string before,
        bool last,
        SourceNode value
    )
    {
        var key = section.Find(name) ?? throw section.Unknown(name, before, value.Position);
        if (node is not SourceMapping mapping)
            throw value.Position.Error($"{before} is {node?.Noun ?? "not there"}", section.Allowed);
        if (last)
        {
            mapping.Set(name, value);
        }
        else if (mapping.Find(name) is not { } inside || inside is SourceScalar { IsNull: true })
        {
            if (key.Kind is not Section)
            {
                throw value.Position.Error(
                    $"{Section.Join(before, name)} is not in the file",
                    $"a path inside what is there: {Given(mapping)}"
                );
            }

            mapping.Set(name, new SourceMapping(value.Position));
        }

        return (key.Kind, mapping.Find(name));
    }

    private static (ValueKind Kind, SourceNode? Node) Item(
        ListKind list,
        SourceNode? node,
        string step,
        string before,
        bool last,
        SourceNode value
    )
    {
        if (node is not SourceSequence sequence)
            throw value.Position.Error($"{before} is {node?.Noun ?? "not there"}", list.Allowed);
        var names = sequence.Items.Select(item => list.NameOf(item)?.Text).ToList();
        var index = names.IndexOf(step);
        if (
            index < 0
            && (
                !int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out index)
                || index >= names.Count
            )
        )
        {
            var known = names
                .Select((name, place) => name ?? place.ToString(CultureInfo.InvariantCulture))
                .ToList();
            var nearest = Nearest.To(step, known) is { } near ? $", did you mean {near}" : "";
            throw value.Position.Error(
                $"no entry {ExperimentError.Show(step)} in {before}{nearest}",
                known.Count == 0 ? "none, as the list is empty" : string.Join(", ", known)
            );
        }

        if (last)
            sequence.Items[index] = value;
        return (list.Element, sequence.Items[index]);
    }

    private static string Given(SourceMapping mapping) =>
        mapping.Entries.Count == 0
            ? "nothing"
            : string.Join(
                ", ",
                mapping.Entries.Select(entry => ExperimentError.Show(entry.Key.Text))
            );
}
