using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// A mapping from key paths to values: <c>sweep:</c> (a list of values each) and <c>set:</c> (one
/// each). Paths and values are checked by whoever applies them; here only the shape is.
/// </summary>
internal sealed class PathMapKind(string example, bool lists) : ValueKind
{
    /// <summary>Most paths.</summary>
    public const int MostPaths = 1_000;

    /// <summary>Most values of one path.</summary>
    public const int MostValues = 10_000;

    public override string Allowed => $"a mapping such as {example}";

    public override SourceMapping Read(SourceNode node, string path, ReadingState state)
    {
        if (node is not SourceMapping mapping)
            throw Wrong(node, path);
        if (mapping.Entries.Count > MostPaths)
            throw node.Position.Error(
                $"{path} has {mapping.Entries.Count} paths",
                $"{MostPaths} at most"
            );
        foreach (var (key, value) in mapping.Entries)
        {
            var inside = $"{path}: {ExperimentError.Show(key.Text)}";
            if (!lists && value is not SourceScalar { IsNull: true })
                continue;
            if (!lists || value is not SourceSequence { Items.Count: > 0 and <= MostValues })
                throw value.Position.Error(
                    $"{inside} is {value.Noun}",
                    lists ? $"a list of 1 to {MostValues} values" : "a value"
                );
        }

        return mapping;
    }

    public override JsonObject Schema() =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = lists
                ? new JsonObject { ["type"] = "array", ["minItems"] = 1 }
                : new JsonObject(),
        };
}
