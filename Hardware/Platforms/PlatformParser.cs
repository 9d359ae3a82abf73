using System.Globalization;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;

namespace Disguise.Hardware.Platforms;

/// <summary>
/// Reads a platform file: a file of costs with the headers <c>description</c>, <c>nic</c>,
/// <c>iommu</c> (yes or no), <c>tlb-refill</c> (hardware or software), <c>tlb-entries</c>,
/// <c>tlb-ways</c> and <c>like</c> (a platform whose costs hold where the file has none).
/// </summary>
internal sealed class PlatformParser(string name, string file)
{
    public Platform Parse(string text, IReadOnlyDictionary<string, string>? overrides)
    {
        var costs = Read(text);
        costs.Override(overrides);
        return new Platform(
            name, costs.Header("description").Text ?? "", NicOf(costs), TlbOf(costs),
            Choose(costs, "iommu", "yes", "no") == 0, costs.Costs);
    }

    private CostFile Read(string text)
    {
        var costs = CostFile.Parse(
            file, text, CostSource.Platform, "description", "nic", "like", "iommu", "tlb-refill",
            "tlb-entries", "tlb-ways");
        if (costs.Header("like") is ({ } like, var line))
        {
            if (like == name || !PlatformCatalog.Names.Contains(like))
                throw new CostFileException(file, line, $"no other platform {like}");
            costs.Inherit(new PlatformParser(like, like).Read(PlatformCatalog.TextOf(like)));
        }

        return costs;
    }

    private NicModel NicOf(CostFile costs)
    {
        var (nic, line) = costs.Header("nic");
        if (nic is null)
            throw new CostFileException(file, line, "the file does not say which nic");
        foreach (var known in NicModel.All)
        {
            if (known.Name == nic)
                return known;
        }

        throw new CostFileException(
            file, line, $"no nic {nic}; there are {string.Join(", ", NicModel.All)}");
    }

    private TlbModel TlbOf(CostFile costs)
    {
        var refill = (TlbRefill)Choose(costs, "tlb-refill", "hardware", "software");
        var entries = NumberOf(costs, "tlb-entries", TlbModel.Default.Entries);
        var ways = NumberOf(costs, "tlb-ways", TlbModel.Default.Ways);
        var sets = entries / ways;
        var isRight = refill == TlbRefill.Software
            ? entries == ways && entries > TlbModel.WiredEntries
            : sets * ways == entries && (sets & (sets - 1)) == 0;
        return isRight ? new TlbModel(refill, entries, ways)
            : throw new CostFileException(
                file, costs.Header("tlb-entries").Line,
                refill == TlbRefill.Software
                    ? "a tlb that software refills has as many ways as entries, and more than "
                        + $"{TlbModel.WiredEntries}"
                    : $"{entries} entries of a tlb are not 2^n sets of {ways}");
    }

    private int NumberOf(CostFile costs, string header, int otherwise)
    {
        var (text, line) = costs.Header(header);
        return text is null ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= ushort.MaxValue ? number
            : throw new CostFileException(
                file, line, $"{header} is {text}: not a number from 1 to {ushort.MaxValue}");
    }

    private int Choose(CostFile costs, string header, params string[] words)
    {
        var (text, line) = costs.Header(header);
        var chosen = text is null ? 0 : Array.IndexOf(words, text);
        return chosen >= 0 ? chosen
            : throw new CostFileException(
                file, line, $"{header} is {text}: not {string.Join(" or ", words)}");
    }
}
