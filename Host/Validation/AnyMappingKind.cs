using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Keys;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Validation;

/// <summary>A mapping with names of its own as keys; whoever reads it checks its values.</summary>
internal sealed class AnyMappingKind : ValueKind
{
    /// <summary>Most keys.</summary>
    public const int MostKeys = 10_000;

    public override string Allowed => $"a mapping of 1 to {MostKeys} names";

    public override SourceMapping Read(SourceNode node, string path, ReadingState state)
    {
        if (node is not SourceMapping mapping)
            throw Wrong(node, path);
        if (mapping.Entries.Count is 0 or > MostKeys)
            throw node.Position.Error($"{path} has {mapping.Entries.Count} keys", Allowed);
        return mapping;
    }

    public override JsonObject Schema() => new() { ["type"] = "object" };
}
