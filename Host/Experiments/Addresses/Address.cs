using System.Globalization;

namespace Disguise.Host.Experiments.Addresses;

/// <summary>
/// The name of a thing, or of several, in an experiment: <c>server[2].nic.vf[7]</c>,
/// <c>server.echo[*]</c>, <c>load[0..9]</c>, <c>10% of server.echo</c>. It is the target of an
/// injection, the actor path, the track of a trace, the interface in a capture and the text of an
/// error. What it names is found by <see cref="AddressBook"/>.
/// </summary>
public sealed class Address : IEquatable<Address>
{
    /// <summary>Most steps of an address.</summary>
    public const int MostSegments = 4;

    /// <summary>Longest address, in characters.</summary>
    public const int MostCharacters = 256;

    /// <summary>What an address looks like.</summary>
    public const string Form =
        "an address such as server.echo[3], server[2].nic.vf[7], server.echo[*], load[0..9], "
        + "10% of server.echo";

    private const string Share = "% of ";

    private Address(IReadOnlyList<AddressSegment> segments, decimal? percent)
    {
        Segments = segments;
        Percent = percent;
    }

    /// <summary>The steps, from the machine, client or switch inwards.</summary>
    public IReadOnlyList<AddressSegment> Segments { get; }

    /// <summary>
    /// The share that the seed draws, above 0 and at most 100; null for all named.
    /// </summary>
    public decimal? Percent { get; }

    /// <summary>Makes an address of steps.</summary>
    /// <exception cref="ArgumentException">No steps, or more than four.</exception>
    public static Address Of(params IReadOnlyList<AddressSegment> segments) =>
        segments.Count is > 0 and <= MostSegments
            ? new Address([.. segments], null)
            : throw new ArgumentException("an address has 1 to 4 steps", nameof(segments));

    /// <summary>The same steps, of which the seed draws a share.</summary>
    /// <param name="percent">Above 0 and at most 100.</param>
    public Address DrawnShare(decimal percent) =>
        percent is > 0 and <= 100
            ? new Address(Segments, percent)
            : throw new ArgumentOutOfRangeException(nameof(percent));

    /// <summary>Reads an address; false if it does not have the form of one.</summary>
    public static bool TryParse(string text, out Address address)
    {
        address = null!;
        if (text.Length > MostCharacters)
            return false;
        decimal? percent = null;
        var share = text.IndexOf(Share, StringComparison.Ordinal);
        if (share >= 0)
        {
            if (!Units.TryNumber(text[..share], out var number) || number is <= 0 or > 100)
                return false;
            percent = number;
            text = text[(share + Share.Length)..].Trim(' ');
        }

        var parts = text.Split('.', MostSegments * 3);
        var segments = new List<AddressSegment>();
        for (var part = 0; part < parts.Length; part++)
        {
            // The two points of a range are no step: [0..9] arrives here as "x[0", "", "9]".
            var step = parts[part];
            if (step.Contains('[') && !step.Contains(']') && part + 2 < parts.Length)
            {
                step = string.Join('.', parts[part..(part + 3)]);
                part += 2;
            }

            if (segments.Count == MostSegments || !TrySegment(step, out var segment))
                return false;
            segments.Add(segment);
        }

        address = new Address(segments, percent);
        return true;
    }

    /// <summary>Whether a text is a name: <c>[a-z][a-z0-9-]*</c>, at most 64 characters.</summary>
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > 64 || !char.IsAsciiLetterLower(text[0]))
            return false;
        foreach (var character in text)
        {
            if (
                !char.IsAsciiLetterLower(character)
                && !char.IsAsciiDigit(character)
                && character != '-'
            )
                return false;
        }

        return true;
    }

    /// <summary>
    /// The path of the actor of a single thing, where brackets become parentheses because Akka
    /// allows none: <c>server(2)/nic/vf(7)</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The address names several things.</exception>
    public string ToActorPath()
    {
        if (Percent is not null || Segments.Any(s => s.Selector.First != s.Selector.Last))
            throw new InvalidOperationException($"{this} is no single actor");
        return string.Join(
            '/',
            Segments.Select(segment =>
                segment.Selector.Given ? $"{segment.Name}({segment.Selector.First})" : segment.Name
            )
        );
    }

    /// <summary>As in the file; reads back as an equal address.</summary>
    public override string ToString()
    {
        var steps = string.Join('.', Segments);
        return Percent is { } percent
            ? percent.ToString("0.############################", CultureInfo.InvariantCulture)
                + Share
                + steps
            : steps;
    }

    /// <inheritdoc/>
    public bool Equals(Address? other) =>
        other is not null && Percent == other.Percent && Segments.SequenceEqual(other.Segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Address);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static bool TrySegment(string text, out AddressSegment segment)
    {
        segment = default;
        var bracket = text.IndexOf('[');
        var name = bracket < 0 ? text : text[..bracket];
        if (!IsName(name))
            return false;
        var selector = AddressSelector.None;
        if (
            bracket >= 0
            && (text[^1] != ']' || !TrySelector(text[(bracket + 1)..^1], out selector))
        )
            return false;
        segment = new AddressSegment(name, selector);
        return true;
    }

    private static bool TrySelector(string text, out AddressSelector selector)
    {
        selector = AddressSelector.All;
        if (text == "*")
            return true;
        var points = text.IndexOf("..", StringComparison.Ordinal);
        if (!TryIndex(points < 0 ? text : text[..points], out var first))
            return false;
        var last = first;
        if (points >= 0 && (!TryIndex(text[(points + 2)..], out last) || last < first))
            return false;
        selector = AddressSelector.Range(first, last);
        return true;
    }

    /// <summary>An index without sign or leading zeros, so that each has one spelling.</summary>
    private static bool TryIndex(string text, out int index)
    {
        index = 0;
        return text.Length is > 0 and <= 9
            && (text.Length == 1 || text[0] != '0')
            && text.All(char.IsAsciiDigit)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
