namespace Disguise.Actors.Ledgers;

/// <summary>
/// A primitive cost, by name. Its value in picoseconds comes from a platform or a profile; it is
/// charged from exactly one place in the code. A composed operation has no cost of its own.
/// </summary>
public sealed class CostKey
{
    /// <summary>Most keys of one process.</summary>
    public const int Limit = 256;

    private static readonly Lock Gate = new();
    private static readonly List<CostKey> Defined = [];

    private CostKey(string name, CostUnit unit, CostSource source, string meaning, int index)
    {
        Name = name;
        Unit = unit;
        Source = source;
        Meaning = meaning;
        Index = index;
    }

    /// <summary>The name: lower case, words joined by hyphens.</summary>
    public string Name { get; }

    /// <summary>What one count of it is.</summary>
    public CostUnit Unit { get; }

    /// <summary>Which file gives its value.</summary>
    public CostSource Source { get; }

    /// <summary>One sentence: what it pays for.</summary>
    public string Meaning { get; }

    /// <summary>Index into tables of this process.</summary>
    public int Index { get; }

    /// <summary>Keys defined so far, by name.</summary>
    public static IReadOnlyList<CostKey> All
    {
        get
        {
            lock (Gate)
            {
                var sorted = Defined.ToArray();
                Array.Sort(sorted, (left, right) =>
                    string.CompareOrdinal(left.Name, right.Name));
                return sorted;
            }
        }
    }

    /// <summary>Defines a key. A name is defined once.</summary>
    public static CostKey Define(string name, CostSource source, CostUnit unit, string meaning)
    {
        lock (Gate)
        {
            if (Defined.Exists(key => key.Name == name))
                throw new InvalidOperationException($"cost {name} is defined twice");
            if (Defined.Count == Limit)
                throw new InvalidOperationException($"more than {Limit} costs");
            var key = new CostKey(name, unit, source, meaning, Defined.Count);
            Defined.Add(key);
            return key;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
