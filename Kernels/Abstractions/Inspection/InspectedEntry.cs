namespace Disguise.Kernels.Abstractions.Inspection;

/// <summary>One entry of a table that is inspected.</summary>
/// <param name="Address">Whose it is: <c>server.echo[3]</c>.</param>
/// <param name="Kind">What it is: <c>page</c>.</param>
/// <param name="Number">Its number among those of its kind.</param>
/// <param name="Fields">What stands in it.</param>
public sealed record InspectedEntry(
    string Address, string Kind, long Number, params IReadOnlyList<InspectedField> Fields)
{
    /// <summary>On one line.</summary>
    public override string ToString() =>
        $"{Address} {Kind}[{Number}]" + string.Concat(
            Fields.Select(field => $" {field.Name} {field.Text}"));
}
