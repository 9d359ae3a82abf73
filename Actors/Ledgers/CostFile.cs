namespace Disguise.Actors.Ledgers;

/// <summary>
/// A file of costs: lines <c>cost = value unit [assumed] # source</c>, and headers
/// <c>name = text</c>. Platforms and profiles are such files; a file holds the costs of one
/// source only. What a code base was measured to take on one machine stands in a line
/// <c>cost on platform = ...</c>, which holds there in place of the line without.
/// </summary>
public sealed class CostFile
{
    private const string On = " on ";

    private readonly string file;
    private readonly CostSource source;
    private readonly SortedDictionary<string, SourcedCost> costs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SourcedCost> measured = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (string Text, int Line)> headers =
        new(StringComparer.Ordinal);

    private CostFile(string file, CostSource source)
    {
        this.file = file;
        this.source = source;
    }

    /// <summary>The costs, by name.</summary>
    public IReadOnlyList<SourcedCost> Costs => [.. costs.Values];

    /// <summary>Reads a file. Throws <see cref="CostFileException"/> for any mistake.</summary>
    /// <param name="file">Name of the file, for errors.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="source">Whose costs it may hold.</param>
    /// <param name="headerNames">The headers that it may have.</param>
    public static CostFile Parse(
        string file, string text, CostSource source, params string[] headerNames)
    {
        var parsed = new CostFile(file, source);
        var number = 0;
        foreach (var line in text.Split('\n'))
            parsed.Read(line.Trim(), ++number, headerNames);
        return parsed;
    }

    /// <summary>A header's text and line; null and 0 where the file has none.</summary>
    public (string? Text, int Line) Header(string name) =>
        headers.TryGetValue(name, out var header) ? (header.Text, header.Line) : (null, 0);

    /// <summary>Takes costs from another file where this one has none.</summary>
    public void Inherit(CostFile other)
    {
        foreach (var (name, cost) in other.costs)
            costs.TryAdd(name, cost);
    }

    /// <summary>Takes what was measured on a platform in place of what holds elsewhere.
    /// </summary>
    public void Take(string platform)
    {
        foreach (var (line, cost) in measured)
        {
            if (line.EndsWith(On + platform, StringComparison.Ordinal))
                costs[cost.Key.Name] = cost;
        }
    }

    /// <summary>
    /// Replaces a cost by what an experiment says: <c>200ns</c>, <c>264ps/B</c>. Throws
    /// <see cref="CostFileException"/> for a name or value that means nothing.
    /// </summary>
    public void Override(string name, string value)
    {
        var key = Find(name, 0);
        var text = value.Trim();
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
            digits++;
        var (costPs, instructions) =
            CostValue.Parse(key, text[..digits], text[digits..].Trim(), Wrong);
        costs[name] = new SourcedCost(key, costPs, true, "the experiment", instructions);

        CostFileException Wrong(string problem) => new(file, 0, problem);
    }

    /// <summary>Replaces several costs, by name; null replaces none.</summary>
    public void Override(IReadOnlyDictionary<string, string>? values)
    {
        if (values is null)
            return;
        foreach (var name in values.Keys.Order(StringComparer.Ordinal))
            Override(name, values[name]);
    }

    private void Read(string line, int number, string[] headerNames)
    {
        if (line.Length == 0 || line[0] == '#')
            return;
        var equals = line.IndexOf('=');
        if (equals < 0)
        {
            throw new CostFileException(
                file, number, "a line is 'cost = value unit [assumed] # source'");
        }

        var name = line[..equals].Trim();
        var rest = line[(equals + 1)..].Trim();
        if (headers.ContainsKey(name) || costs.ContainsKey(name) || measured.ContainsKey(name))
            throw new CostFileException(file, number, $"{name} stands here twice");
        if (headerNames.Contains(name))
            headers.Add(name, (rest, number));
        else if (source == CostSource.Profile && name.Contains(On, StringComparison.Ordinal))
            measured.Add(name, ReadCost(name.Split(On)[0], rest, number));
        else
            costs.Add(name, ReadCost(name, rest, number));
    }

    private SourcedCost ReadCost(string name, string rest, int line)
    {
        var key = Find(name, line);
        var hash = rest.IndexOf('#');
        var from = hash < 0 ? "" : rest[(hash + 1)..].Trim();
        if (from.Length == 0)
            throw new CostFileException(file, line, $"{name} has no source");
        var words = rest[..hash].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isAssumed = words.Length == 3 && words[2] == "assumed";
        if (words.Length != (isAssumed ? 3 : 2))
            throw new CostFileException(file, line, $"{name} is 'value unit [assumed]'");
        var (costPs, instructions) = CostValue.Parse(
            key, words[0], words[1], problem => new CostFileException(file, line, problem));
        return new SourcedCost(key, costPs, isAssumed, from, instructions);
    }

    private CostKey Find(string name, int line)
    {
        foreach (var key in CostKey.All)
        {
            if (key.Name != name)
                continue;
            return key.Source == source ? key
                : throw new CostFileException(
                    file, line, $"{name} is of the {key.Source}: it does not belong here");
        }

        var known = CostKey.All.Where(key => key.Source == source).Select(key => key.Name);
        throw new CostFileException(
            file, line, $"no cost {name}; allowed: {string.Join(", ", known)}");
    }
}
