namespace Disguise.Host.Results;

/// <summary>Objects of the result whose keys are those that occurred.</summary>
public static class OpenCounts
{
    /// <summary>The key under which the sum of all kinds stands.</summary>
    public const string TotalKey = "total";

    /// <summary>
    /// Counts by kind, over operations, kinds in ordinal order, kinds that did not occur left out,
    /// the sum last as <c>total</c>. Null when there was no operation.
    /// </summary>
    public static IReadOnlyDictionary<string, double>? PerOperation(
        IEnumerable<KeyValuePair<string, long>> counts,
        long operations)
    {
        if (operations == 0)
        {
            return null;
        }

        var result = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var (kind, count) in Occurred(counts))
        {
            result.Add(kind, count / (double)operations);
            total += count;
        }

        result.Add(TotalKey, total / (double)operations);
        return result;
    }

    /// <summary>Counts by key, keys in ordinal order, those that did not occur left out.</summary>
    public static IReadOnlyDictionary<string, long> Occurred(
        IEnumerable<KeyValuePair<string, long>> counts)
    {
        var result = new OrderedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            if (count > 0)
            {
                result.Add(key, count);
            }
        }

        return result;
    }
}
