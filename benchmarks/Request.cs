namespace Disguise.Benchmarks;

/// <summary>
/// What the command line asks for: <c>benchmarks NAME [--json] [--KEY VALUE]...</c>
/// </summary>
internal sealed class Request
{
    private readonly Dictionary<string, string> values;
    private readonly bool asJson;

    private Request(string name, bool asJson, Dictionary<string, string> values)
    {
        Name = name;
        this.asJson = asJson;
        this.values = values;
    }

    /// <summary>Name of the benchmark.</summary>
    public string Name { get; }

    /// <summary>Reads arguments.</summary>
    /// <exception cref="FormatException">They are wrong: one clear line.</exception>
    public static Request Parse(string[] arguments, IReadOnlyCollection<string> known)
    {
        var names = string.Join(" | ", known);
        if (arguments.Length == 0)
            throw new FormatException($"say which: {names}");
        if (!known.Contains(arguments[0]))
            throw new FormatException($"'{arguments[0]}' is not a benchmark; known: {names}");
        var asJson = false;
        var values = new Dictionary<string, string>();
        for (var index = 1; index < arguments.Length; index++)
        {
            var key = arguments[index];
            if (key == "--json")
            {
                asJson = true;
                continue;
            }

            if (!key.StartsWith("--", StringComparison.Ordinal))
                throw new FormatException($"'{key}' is not an option; write --NAME VALUE");
            if (++index == arguments.Length)
                throw new FormatException($"{key} has no value");
            if (!values.TryAdd(key[2..], arguments[index]))
                throw new FormatException($"{key} is given twice");
        }

        return new Request(arguments[0], asJson, values);
    }

    /// <summary>Throws when an option was given that the benchmark does not know.</summary>
    public void AllowOnly(params string[] keys)
    {
        foreach (var key in values.Keys)
        {
            if (!keys.Contains(key))
            {
                throw new FormatException(
                    $"{Name} does not know --{key}; known: --json "
                    + string.Join(' ', keys.Select(allowed => $"--{allowed}")));
            }
        }
    }

    /// <summary>Whole numbers of an option, parted by commas.</summary>
    public int[] Numbers(string key, int least, int most, params int[] otherwise)
    {
        if (!values.TryGetValue(key, out var text))
            return otherwise;
        return [.. text.Split(',').Select(part => Number(key, part, least, most))];
    }

    /// <summary>One whole number of an option.</summary>
    public int Number(string key, int least, int most, int otherwise) =>
        values.TryGetValue(key, out var text) ? Number(key, text, least, most) : otherwise;

    /// <summary>Prints a report in the form asked for.</summary>
    public void Print(Report report)
    {
        if (asJson)
            report.PrintJson(Console.Out);
        else
            report.PrintTable(Console.Out);
    }

    private static int Number(string key, string text, int least, int most) =>
        int.TryParse(text, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(
                $"--{key} '{text}' is not a whole number from {least} to {most}");
}
