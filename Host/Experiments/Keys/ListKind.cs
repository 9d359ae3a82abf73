using System.Globalization;
using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// A list of values of one kind. Sections in it that have names must have different ones.
/// </summary>
/// <param name="element">What an item is.</param>
/// <param name="minimum">Fewest items.</param>
/// <param name="maximum">Most items.</param>
/// <param name="orSingle">Whether a single value may stand for a list of one.</param>
internal sealed class ListKind(ValueKind element, int minimum, int maximum, bool orSingle = false)
    : ValueKind
{
    public ValueKind Element { get; } = element;

    public override string Allowed => $"a list of {minimum} to {maximum}: {Element.Allowed}";

    public override List<object> Read(SourceNode node, string path, ReadingState state)
    {
        if (orSingle && node is SourceScalar { IsNull: false })
            return [Element.Read(node, path, state)];
        if (node is not SourceSequence list)
            throw Wrong(node, path);
        if (list.Items.Count < minimum || list.Items.Count > maximum)
            throw node.Position.Error($"{path} has {list.Items.Count} items", Allowed);
        var values = new List<object>(list.Items.Count);
        var names = new HashSet<string>();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var item = list.Items[index];
            var name = NameOf(item);
            if (name is not null && !names.Add(name.Text))
            {
                throw name.Position.Error(
                    $"{path} has two entries named {ExperimentError.Show(name.Text)}",
                    "a name of its own for each"
                );
            }

            values.Add(Element.Read(item, ItemPath(path, name, index), state));
        }

        return values;
    }

    public override JsonObject Schema()
    {
        var list = new JsonObject
        {
            ["type"] = "array",
            ["items"] = Element.Schema(),
            ["minItems"] = minimum,
            ["maxItems"] = maximum,
        };
        return orSingle
            ? new JsonObject { ["anyOf"] = new JsonArray(Element.Schema(), list) }
            : list;
    }

    /// <summary>The scalar that names an item; null if items have no names.</summary>
    public SourceScalar? NameOf(SourceNode item) =>
        Element is Section section
        && section.Find("name") is not null
        && item is SourceMapping mapping
            ? mapping.Find("name") as SourceScalar
            : null;

    private string ItemPath(string path, SourceScalar? name, int index) =>
        name is not null ? Section.Join(path, ExperimentError.Show(name.Text))
        : Element is Section ? Section.Join(path, index.ToString(CultureInfo.InvariantCulture))
        : path;
}
