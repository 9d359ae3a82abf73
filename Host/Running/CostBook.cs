using Disguise.Actors.Ledgers;
using Disguise.Host.Experiments;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Running;

/// <summary>
/// The values of all costs of an experiment with their sources: the platform's, the profile's,
/// and what the experiment overrides.
/// </summary>
internal sealed class CostBook
{
    private readonly Dictionary<CostKey, (string Source, bool IsAssumed)> sources = [];

    private CostBook()
    {
    }

    public CostTable Table { get; } = new();

    public static CostBook Load(Experiment experiment)
    {
        var book = new CostBook();
        foreach (var cost in PlatformFiles.Load(
            experiment.Platform, experiment.File, experiment.PlatformSettings).Costs)
            book.Set(cost);
        foreach (var cost in ProfileOf(experiment).Costs)
            book.Enter(cost, experiment);
        return book;
    }

    /// <summary>A book in which some costs have other values: what if they had?</summary>
    public CostBook With(IReadOnlyDictionary<CostKey, long> changedCostsPs)
    {
        var book = new CostBook();
        foreach (var (key, source) in sources)
        {
            var isChanged = changedCostsPs.TryGetValue(key, out var costPs);
            book.Set(isChanged
                ? new SourcedCost(key, costPs, true, "changed for this run")
                : new SourcedCost(key, Table.Of(key), source.IsAssumed, source.Source));
        }

        return book;
    }

    /// <summary>All costs of platform and profile, by name.</summary>
    public IReadOnlyList<CostKey> Keys =>
        [.. sources.Keys.OrderBy(key => key.Name, StringComparer.Ordinal)];

    public string? CitationOf(CostKey key) =>
        sources.TryGetValue(key, out var source) ? source.Source : null;

    public bool IsAssumed(CostKey key) =>
        sources.TryGetValue(key, out var source) && source.IsAssumed;

    private static Profile ProfileOf(Experiment experiment)
    {
        try
        {
            return ProfileCatalog.Load(
                experiment.Profile, experiment.ProfileSettings, experiment.Platform);
        }
        catch (Exception cause) when (cause is CostFileException or ArgumentException)
        {
            throw new ExperimentError(experiment.File, cause.Message);
        }
    }

    private void Enter(SourcedCost cost, Experiment experiment)
    {
        try
        {
            Set(cost);
        }
        catch (CostFileException cause)
        {
            throw new ExperimentError(experiment.File, cause.Message);
        }
    }

    private void Set(SourcedCost cost)
    {
        Table.Enter(cost);
        sources[cost.Key] = (cost.Source, cost.IsAssumed);
    }
}
