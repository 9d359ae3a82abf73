namespace Disguise.Actors.Ledgers;

/// <summary>The values of all costs on one platform under one profile.</summary>
public sealed class CostTable
{
    private readonly long[] costsPs = new long[CostKey.Limit];
    private readonly bool[] known = new bool[CostKey.Limit];

    /// <summary>Sets a cost, in picoseconds a count.</summary>
    public void Set(CostKey key, long costPs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(costPs);
        costsPs[key.Index] = costPs;
        known[key.Index] = true;
    }

    /// <summary>Whether platform and profile give a value.</summary>
    public bool Has(CostKey key) => key.Unit == CostUnit.Time || known[key.Index];

    /// <summary>Picoseconds a count; throws where neither platform nor profile gives one.
    /// </summary>
    public long Of(CostKey key)
    {
        if (key.Unit == CostUnit.Time)
            return 1;
        return known[key.Index] ? costsPs[key.Index]
            : throw new InvalidOperationException($"neither platform nor profile has {key.Name}");
    }
}
