using System.Globalization;

namespace Disguise.Kernels.Abstractions.Inspection;

/// <summary>A field of an entry that is inspected.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its value as it is printed.</param>
/// <param name="Value">Its value where it is a number or an address.</param>
/// <param name="IsAddress">Whether it is an address.</param>
/// <param name="IsMissing">Whether there is no value, which a word says in print.</param>
public readonly record struct InspectedField(
    string Name, string Text, long? Value, bool IsAddress = false, bool IsMissing = false)
{
    /// <summary>No value where there may be one: <c>none</c>, or <c>any</c>.</summary>
    public static InspectedField Missing(string name, string word) =>
        new(name, word, null, IsMissing: true);

    /// <summary>A number.</summary>
    public static InspectedField Of(string name, long number) =>
        new(name, number.ToString(CultureInfo.InvariantCulture), number);

    /// <summary>An address in memory, in hexadecimal.</summary>
    public static InspectedField OfAddress(string name, long address) =>
        new(name, "0x" + address.ToString("x", CultureInfo.InvariantCulture), address, true);

    /// <summary>A text.</summary>
    public static InspectedField Of(string name, string text) => new(name, text, null);

    /// <summary>
    /// A member of an enumeration, or several of its flags: in small letters, words joined by
    /// hyphens, flags by commas.
    /// </summary>
    public static InspectedField Of(string name, Enum value) =>
        new(name, HyphenatedName.Of(value.ToString()), null);
}
