namespace Disguise.Host.Experiments.Addresses;

/// <summary>One step of an address: a name and which of its members.</summary>
/// <param name="Name">Matches <c>[a-z][a-z0-9-]*</c>.</param>
/// <param name="Selector">Which members.</param>
public readonly record struct AddressSegment(string Name, AddressSelector Selector)
{
    /// <summary>As in the file.</summary>
    public override string ToString() => Name + Selector;
}
