using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>What several sources of tenants did together.</summary>
internal static class ChurnSummary
{
    /// <summary>The sum of some books; null where there is none.</summary>
    public static ChurnResult? Of(IEnumerable<ChurnBook> books)
    {
        var all = books.ToList();
        if (all.Count == 0)
            return null;
        var startsUp = new LatencyRecorder(ChurnBook.Digits);
        var failed = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var book in all)
        {
            startsUp.Add(book.StartsUp);
            foreach (var (reason, count) in book.Failures)
            {
                failed.TryGetValue(reason, out var known);
                failed[reason] = known + count;
            }
        }

        return new ChurnResult
        {
            Arrivals = all.Sum(book => book.Arrivals),
            RefusedArrivals = all.Sum(book => book.TurnedAwayCount),
            Departures = all.Sum(book => book.Departures),
            EarlyEnds = all.Sum(book => book.EarlyEnds),
            Present = all.Sum(book => book.Arrivals - book.Departures - book.EarlyEnds),
            Served = all.Sum(book => book.StartsUp.Count),
            Failed = failed,
            SetUpUs = startsUp.Summarise(),
        };
    }
}
