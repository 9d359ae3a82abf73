namespace Disguise.Host.Sweeps;

/// <summary>
/// A point under one architecture: it asks for repeats until its rule says that they are enough.
/// What it asks for depends on its own rows alone, in the order of their repeats, and so never on
/// the order in which they come.
/// </summary>
internal sealed class SweepCell(SweepPoint point, string architecture, RepeatRule rule)
{
    private readonly SortedDictionary<int, SweepRow> rows = [];
    private int asked;
    private bool isSettled;

    public SweepPoint Point { get; } = point;

    public string Architecture { get; } = architecture;

    /// <summary>Why the platform of the point cannot run the architecture; null where it can.
    /// </summary>
    public string? Refusal { get; init; }

    /// <summary>The rows that count, in the order of their repeats.</summary>
    public IReadOnlyList<SweepRow> Rows =>
        [.. rows.TakeWhile((row, number) => row.Key == number).Select(row => row.Value)];

    /// <summary>The interval of operations a second over the rows.</summary>
    public MeanInterval Interval =>
        MeanInterval.Of([.. Rows.Select(row => row.OperationsPerSecond ?? 0)]);

    /// <summary>Whether no further repeat is wanted.</summary>
    public bool IsSettled => Refusal is not null || isSettled;

    /// <summary>Rows that there are.</summary>
    public int Count => rows.Count;

    /// <summary>The number of a repeat to run now; null where none is wanted before others are
    /// done, or at all.</summary>
    public int? Ask()
    {
        while (asked < rule.Most && rows.ContainsKey(asked))
            asked++;
        if (IsSettled || asked >= Wanted())
            return null;
        return asked++;
    }

    /// <summary>Takes a repeat's row, whether it was run now or before an interruption.</summary>
    public void Add(SweepRow row)
    {
        if (!rows.TryAdd(row.Repeat, row))
            throw new InvalidOperationException($"repeat {row.Repeat} was run twice");
        isSettled = Rows.Count >= rule.Least && rule.IsEnough(Interval);
    }

    /// <summary>How many repeats are wanted, by what the first ones gave.</summary>
    private int Wanted() =>
        Math.Min(rule.Most, Math.Max(rule.Least, rows.Count < rule.Least ? 0 : Rows.Count + 1));
}
