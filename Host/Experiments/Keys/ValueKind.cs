using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// What may stand as the value of a key: how it is checked and read, what an error lists as
/// allowed, and its JSON schema. The reader, <c>--set</c> and <c>schema</c> all use these.
/// </summary>
internal abstract class ValueKind
{
    /// <summary>What may stand there, for an error line.</summary>
    public abstract string Allowed { get; }

    /// <summary>Checks a node and gives its value.</summary>
    /// <exception cref="ExperimentError">It is not of this kind.</exception>
    public abstract object Read(SourceNode node, string path, ReadingState state);

    /// <summary>The JSON schema (draft 2020-12) of the same values.</summary>
    public abstract JsonObject Schema();

    /// <summary>The error for a node of another shape.</summary>
    protected ExperimentError Wrong(SourceNode node, string path) =>
        node is SourceScalar { IsNull: true }
            ? node.Position.Error($"{path} has no value", Allowed)
            : node.Position.Error($"{path} is {node.Noun}", Allowed);
}
