namespace Disguise.Actors.Ledgers;

/// <summary>
/// What one party was charged: for each cost how many and how long. Parties of one kind on one
/// machine (the tenants of a group, say) may share an account.
/// </summary>
public sealed class LedgerAccount
{
    private long[] counts = [];
    private long[] timesPs = [];

    /// <summary>Makes an empty account.</summary>
    /// <param name="who">The party: a group's address, the kernel, a device.</param>
    /// <param name="where">Where it runs: <c>core</c>, <c>nic</c>, <c>wire</c>.</param>
    /// <param name="kernel">Whether its work counts as the kernel's in the core's time.</param>
    public LedgerAccount(string who, string where, bool kernel)
    {
        Who = who;
        Where = where;
        IsKernel = kernel;
    }

    /// <summary>The party.</summary>
    public string Who { get; }

    /// <summary>Where it runs.</summary>
    public string Where { get; }

    /// <summary>Whether this is kernel work.</summary>
    public bool IsKernel { get; }

    /// <summary>Books a charge.</summary>
    public void Book(CostKey key, long count, long durationPs)
    {
        if (key.Index >= counts.Length)
        {
            var length = Math.Min(CostKey.Limit, Math.Max(key.Index + 1, CostKey.All.Count));
            Array.Resize(ref counts, length);
            Array.Resize(ref timesPs, length);
        }

        counts[key.Index] += count;
        timesPs[key.Index] += durationPs;
    }

    /// <summary>How many of a cost were charged.</summary>
    public long CountOf(CostKey key) => key.Index < counts.Length ? counts[key.Index] : 0;

    /// <summary>How long they took, picoseconds.</summary>
    public long TimePsOf(CostKey key) => key.Index < timesPs.Length ? timesPs[key.Index] : 0;

    /// <summary>All that was charged, by name of cost.</summary>
    public IReadOnlyList<LedgerEntry> Entries()
    {
        var entries = new List<LedgerEntry>();
        foreach (var key in CostKey.All)
        {
            if (CountOf(key) != 0 || TimePsOf(key) != 0)
                entries.Add(new LedgerEntry(Who, Where, key, CountOf(key), TimePsOf(key)));
        }

        return entries;
    }

    /// <summary>Forgets everything booked: measurement starts here.</summary>
    public void Clear()
    {
        Array.Clear(counts);
        Array.Clear(timesPs);
    }
}
