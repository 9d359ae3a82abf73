using System.Globalization;

namespace Disguise.Actors.Ledgers;

/// <summary>Reads a cost's value: an exact number of picoseconds, a byte's with <c>/B</c>.
/// </summary>
internal static class CostValue
{
    private const decimal Largest = 1_000_000_000;

    public static long Parse(
        CostKey key, string number, string unit, Func<string, CostFileException> wrong)
    {
        var perByte = key.Unit == CostUnit.Byte;
        var bare = unit.EndsWith("/B", StringComparison.Ordinal) ? unit[..^2] : unit;
        long factor = bare switch
        {
            "ps" => 1,
            "ns" => 1_000,
            "us" => 1_000_000,
            _ => 0,
        };
        if (factor == 0 || perByte != (bare.Length != unit.Length))
        {
            throw wrong(
                $"{key.Name} is in {(perByte ? "ps/B or ns/B" : "ps, ns or us")}, not {unit}");
        }

        if (!decimal.TryParse(
                number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var value)
            || value > Largest || value * factor != decimal.Truncate(value * factor))
        {
            throw wrong($"{key.Name} is {number} {unit}: not a whole number of picoseconds");
        }

        return (long)(value * factor);
    }
}
