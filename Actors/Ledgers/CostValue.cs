using System.Globalization;

namespace Disguise.Actors.Ledgers;

/// <summary>
/// Reads a cost's value: an exact number of picoseconds or, for a code base, thousandths of an
/// instruction; a byte's with <c>/B</c>.
/// </summary>
internal static class CostValue
{
    private const decimal Largest = 1_000_000_000;

    private const string Instructions = "instr";

    public static (long CostPs, long MilliInstructions) Parse(
        CostKey key, string number, string unit, Func<string, CostFileException> wrong)
    {
        var perByte = key.Unit == CostUnit.Byte;
        var bare = unit.EndsWith("/B", StringComparison.Ordinal) ? unit[..^2] : unit;
        long factor = bare switch
        {
            "ps" => 1,
            "ns" => 1_000,
            "us" => 1_000_000,
            Instructions when key.Source == CostSource.Profile => InstructionTime.Parts,
            _ => 0,
        };
        if (factor == 0 || perByte != (bare.Length != unit.Length))
            throw wrong($"{key.Name} is in {Allowed(key)}, not {unit}");

        if (!decimal.TryParse(
                number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var value)
            || value > Largest || value * factor != decimal.Truncate(value * factor))
        {
            var parts = bare == Instructions ? "thousandths" : "picoseconds";
            throw wrong($"{key.Name} is {number} {unit}: not a whole number of {parts}");
        }

        var whole = (long)(value * factor);
        return bare == Instructions ? (0, whole) : (whole, 0);
    }

    private static string Allowed(CostKey key) => (key.Unit, key.Source) switch
    {
        (CostUnit.Byte, CostSource.Profile) => "ps/B, ns/B or instr/B",
        (CostUnit.Byte, _) => "ps/B or ns/B",
        (_, CostSource.Profile) => "ps, ns, us or instr",
        _ => "ps, ns or us",
    };
}
