using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>A single value.</summary>
/// <param name="allowed">What may stand there.</param>
/// <param name="parse">Gives the value of a text; null if it has none.</param>
/// <param name="schema">Makes the JSON schema.</param>
internal sealed class ScalarKind(
    string allowed,
    Func<string, object?> parse,
    Func<JsonObject> schema
) : ValueKind
{
    public override string Allowed { get; } = allowed;

    /// <summary>Names a mechanism for some values; null where none is needed.</summary>
    public Func<object, string?> Mechanism { get; init; } = static _ => null;

    /// <summary>
    /// Names what else is wrong with a text that cannot be read; null for no more.
    /// </summary>
    public Func<string, string?> Hint { get; init; } = static _ => null;

    public override object Read(SourceNode node, string path, ReadingState state)
    {
        if (node is not SourceScalar { IsNull: false } scalar)
            throw Wrong(node, path);
        if (parse(scalar.Text) is not { } value)
        {
            var hint = Hint(scalar.Text) is { } more ? $", {more}" : "";
            throw node.Position.Error(
                $"{path}: {ExperimentError.Show(scalar.Text)}{hint}",
                Allowed
            );
        }

        if (Mechanism(value) is { } mechanism)
            state.Use(mechanism, path, node.Position);
        return value;
    }

    public override JsonObject Schema() => schema();
}
