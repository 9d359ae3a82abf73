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

    /// <summary>
    /// Sets a cost as a file gives it. One that is in instructions takes the platform's time of
    /// one, which must stand here already; <see cref="CostFileException"/> where it does not.
    /// </summary>
    public void Enter(in SourcedCost cost)
    {
        if (cost.MilliInstructions != 0 && !Has(InstructionTime.Key))
        {
            throw new CostFileException(
                "platform", 0, $"no time of an instruction, and {cost.Key} is given in them");
        }

        Set(cost.Key, cost.At(cost.MilliInstructions == 0 ? 0 : Of(InstructionTime.Key)));
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
