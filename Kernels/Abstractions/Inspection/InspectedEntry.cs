using Disguise.Hardware.Memory;

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
    public override string ToString() => ToString(1);

    /// <summary>On one line with those that follow it.</summary>
    public string ToString(long count) =>
        $"{Address} {Kind}[{Number}{(count > 1 ? $"..{Number + count - 1}" : "")}]"
        + string.Concat(Fields.Select(field => $" {field.Name} {field.Text}"));

    /// <summary>
    /// Whether another is the one that stands so many places behind it in a row: everything the
    /// same, but that each address is as many pages further on.
    /// </summary>
    public bool IsFollowedBy(InspectedEntry other, long places)
    {
        if (other.Address != Address || other.Kind != Kind || other.Number != Number + places
            || other.Fields.Count != Fields.Count)
            return false;
        for (var index = 0; index < Fields.Count; index++)
        {
            var (here, there) = (Fields[index], other.Fields[index]);
            if (here.Name != there.Name || here.IsAddress != there.IsAddress
                || (here.IsAddress
                    ? there.Value != here.Value + (places * Frame.SizeBytes)
                    : there.Text != here.Text))
                return false;
        }

        return true;
    }
}
