using System.Globalization;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Nic;

namespace Disguise.Hardware.Platforms;

/// <summary>
/// Reads a platform file: lines <c>cost = value unit [assumed] # source</c>, and
/// <c>description</c>, <c>nic</c> and <c>like</c> (a platform whose lines hold where the file has
/// none).
/// </summary>
internal sealed class PlatformParser(string name, string file)
{
    private readonly SortedDictionary<string, PlatformCost> costs =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> seen = [];
    private string description = "";
    private NicModel? nic;
    private int lineNumber;

    public Platform Parse(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            lineNumber++;
            Read(line.Trim());
        }

        if (nic is null)
            throw Wrong("the file does not say which nic");
        return new Platform(name, description, nic, [.. costs.Values]);
    }

    private void Read(string line)
    {
        if (line.Length == 0 || line[0] == '#')
            return;
        var equals = line.IndexOf('=');
        if (equals < 0)
            throw Wrong("a line is 'cost = value unit [assumed] # source'");
        var key = line[..equals].Trim();
        var rest = line[(equals + 1)..].Trim();
        if (!seen.Add(key))
            throw Wrong($"{key} stands here twice");
        switch (key)
        {
            case "description":
                description = rest;
                break;
            case "like":
                Inherit(rest);
                break;
            case "nic":
                nic = rest == NicModel.X520.Name ? NicModel.X520
                    : rest == NicModel.Ideal.Name ? NicModel.Ideal
                    : throw Wrong($"no nic {rest}; there are {NicModel.X520}, {NicModel.Ideal}");
                break;
            default:
                ReadCost(key, rest);
                break;
        }
    }

    private void Inherit(string platform)
    {
        if (costs.Count > 0)
            throw Wrong("'like' stands before all costs");
        if (platform == name || !PlatformCatalog.Names.Contains(platform))
            throw Wrong($"no other platform {platform}");
        foreach (var cost in PlatformCatalog.Load(platform).Costs)
            costs.Add(cost.Key.Name, cost);
    }

    private void ReadCost(string keyName, string rest)
    {
        var key = Find(keyName);
        var hash = rest.IndexOf('#');
        var source = hash < 0 ? "" : rest[(hash + 1)..].Trim();
        if (source.Length == 0)
            throw Wrong($"{keyName} has no source");
        var words = rest[..hash].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isAssumed = words.Length == 3 && words[2] == "assumed";
        if (words.Length != (isAssumed ? 3 : 2))
            throw Wrong($"{keyName} is 'value unit [assumed]'");
        costs[keyName] = new PlatformCost(key, Value(key, words[0], words[1]), isAssumed, source);
    }

    private CostKey Find(string keyName)
    {
        foreach (var key in CostKey.All)
        {
            if (key.Name != keyName)
                continue;
            return key.Source == CostSource.Platform ? key
                : throw Wrong($"{keyName} is not hardware's: it does not belong here");
        }

        throw Wrong($"no cost {keyName}");
    }

    private long Value(CostKey key, string number, string unit)
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
            throw Wrong(
                $"{key.Name} is in {(perByte ? "ps/B or ns/B" : "ps, ns or us")}, not {unit}");
        }

        if (!decimal.TryParse(
                number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var value)
            || value > 1_000_000_000 || value * factor != decimal.Truncate(value * factor))
        {
            throw Wrong($"{key.Name} is {number} {unit}: not a whole number of picoseconds");
        }

        return (long)(value * factor);
    }

    private PlatformFormatException Wrong(string problem) => new(file, lineNumber, problem);
}
