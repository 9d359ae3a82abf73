namespace Disguise.Host.Experiments.Addresses;

/// <summary>
/// Which of a group's members a segment of an address means: <c>First</c> to <c>Last</c>, both
/// included; all of them; or the only one (the default value, written as nothing).
/// </summary>
/// <param name="Given">Whether brackets were written.</param>
/// <param name="First">First index, from 0.</param>
/// <param name="Last">Last index; <see cref="int.MaxValue"/> for all.</param>
public readonly record struct AddressSelector(bool Given, int First, int Last)
{
    /// <summary>No brackets.</summary>
    public static AddressSelector None => default;

    /// <summary><c>[*]</c></summary>
    public static AddressSelector All => new(true, 0, int.MaxValue);

    /// <summary><c>[3]</c></summary>
    public static AddressSelector One(int index) => new(true, index, index);

    /// <summary><c>[0..9]</c></summary>
    public static AddressSelector Range(int first, int last) => new(true, first, last);

    /// <summary>As in the file.</summary>
    public override string ToString() =>
        !Given ? ""
        : Last == int.MaxValue ? "[*]"
        : First == Last ? $"[{First}]"
        : $"[{First}..{Last}]";
}
