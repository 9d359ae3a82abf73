namespace Disguise.Host.Experiments;

/// <summary>
/// Finds what a person probably meant: the known word at the smallest optimal-string-alignment
/// distance (Damerau 1964: insertion, deletion, substitution, transposition of neighbours).
/// </summary>
public static class Nearest
{
    private const int LongestCompared = 64;

    /// <summary>The nearest known word, the first of equals; null if there are none.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        var smallest = int.MaxValue;
        foreach (var candidate in known)
        {
            var distance = Distance(word, candidate);
            if (distance >= smallest)
                continue;
            smallest = distance;
            nearest = candidate;
        }

        return nearest;
    }

    /// <summary>Edits between two words, each looked at up to its 64th character.</summary>
    public static int Distance(string left, string right)
    {
        var rows = Math.Min(left.Length, LongestCompared);
        var columns = Math.Min(right.Length, LongestCompared);
        var edits = new int[rows + 1, columns + 1];
        for (var row = 0; row <= rows; row++)
            edits[row, 0] = row;
        for (var column = 0; column <= columns; column++)
            edits[0, column] = column;
        for (var row = 1; row <= rows; row++)
        {
            for (var column = 1; column <= columns; column++)
            {
                var change = left[row - 1] == right[column - 1] ? 0 : 1;
                var best = Math.Min(edits[row - 1, column] + 1, edits[row, column - 1] + 1);
                best = Math.Min(best, edits[row - 1, column - 1] + change);
                if (
                    row > 1
                    && column > 1
                    && left[row - 1] == right[column - 2]
                    && left[row - 2] == right[column - 1]
                )
                    best = Math.Min(best, edits[row - 2, column - 2] + 1);
                edits[row, column] = best;
            }
        }

        return edits[rows, columns];
    }
}
