using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// A mapping with known keys. Every unknown key is an error that names the nearest known one;
/// keys that start with <c>x-</c> are the user's own.
/// </summary>
internal sealed class Section(string noun, params Key[] keys) : ValueKind
{
    /// <summary>Keys, in the order in which help and errors list them.</summary>
    public IReadOnlyList<Key> Keys { get; } = keys;

    public override string Allowed => $"{noun} with {Names}";

    private string Names => string.Join(", ", Keys.Select(key => key.Name));

    public Key? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);

    /// <summary>The error for a key that is not there.</summary>
    public ExperimentError Unknown(string name, string path, SourcePosition position)
    {
        var nearest = Nearest.To(name, Keys.Select(key => key.Name));
        var inside = path.Length == 0 ? "" : $" in {path}";
        return position.Error(
            $"no key {ExperimentError.Show(name)}{inside}, did you mean {nearest}",
            Names
        );
    }

    public override SectionValues Read(SourceNode node, string path, ReadingState state)
    {
        if (node is not SourceMapping mapping)
            throw Wrong(node, path.Length == 0 ? "the experiment" : path);
        var values = new SectionValues(path, mapping);
        foreach (var (name, value) in mapping.Entries)
        {
            if (name.Text.StartsWith("x-", StringComparison.Ordinal))
                continue;
            var key = Find(name.Text) ?? throw Unknown(name.Text, path, name.Position);
            var inside = Join(path, key.Name);
            if (key.Excludes is { } other && mapping.Find(other) is not null)
                throw name.Position.Error($"{inside} and {other} are both given", "one of them");
            if (key.Mechanism is { } mechanism)
                state.Use(mechanism, inside, name.Position);
            values.Add(key.Name, key.Kind.Read(value, inside, state));
        }

        foreach (var key in Keys)
        {
            if (values.Has(key.Name))
                continue;
            if (key.Required)
            {
                throw node.Position.Error(
                    path.Length == 0
                        ? $"the experiment has no {key.Name}"
                        : $"{path} has no {key.Name}",
                    key.Kind.Allowed
                );
            }

            if (key.Default is { } text)
            {
                var scalar = new SourceScalar(node.Position, text);
                values.Add(key.Name, key.Kind.Read(scalar, Join(path, key.Name), state));
            }
        }

        return values;
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
        {
            var schema = key.Kind.Schema();
            schema["description"] = key.Description;
            if (key.Default is { } text)
                schema["default"] = text;
            properties[key.Name] = schema;
        }

        var required = Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name).ToArray();
        var section = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject() },
            ["additionalProperties"] = false,
        };
        if (required.Length > 0)
            section["required"] = new JsonArray(required);
        return section;
    }

    public static string Join(string path, string name) =>
        path.Length == 0 ? name : $"{path}.{name}";
}
