using Disguise.Actors.Ledgers;
using Disguise.Hardware.Nic;

namespace Disguise.Hardware.Platforms;

/// <summary>
/// Reads a platform file: a file of costs with the headers <c>description</c>, <c>nic</c> and
/// <c>like</c> (a platform whose lines hold where the file has none).
/// </summary>
internal sealed class PlatformParser(string name, string file)
{
    public Platform Parse(string text, IReadOnlyDictionary<string, string>? overrides)
    {
        var costs = Read(text);
        costs.Override(overrides);
        return new Platform(
            name, costs.Header("description").Text ?? "", NicOf(costs), costs.Costs);
    }

    private CostFile Read(string text)
    {
        var costs = CostFile.Parse(
            file, text, CostSource.Platform, "description", "nic", "like");
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
        return nic is null
            ? throw new CostFileException(file, line, "the file does not say which nic")
            : nic == NicModel.X520.Name ? NicModel.X520
            : nic == NicModel.Ideal.Name ? NicModel.Ideal
            : throw new CostFileException(
                file, line, $"no nic {nic}; there are {NicModel.X520}, {NicModel.Ideal}");
    }
}
