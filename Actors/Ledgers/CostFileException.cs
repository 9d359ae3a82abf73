namespace Disguise.Actors.Ledgers;

/// <summary>A mistake in a file of costs: one line with file and line number.</summary>
public sealed class CostFileException : Exception
{
    /// <summary>Makes the line; line 0 is not shown.</summary>
    public CostFileException(string file, int line, string problem)
        : base(line == 0 ? $"{file}: {problem}" : $"{file}:{line}: {problem}") => Line = line;

    /// <summary>Number of the line, from 1; 0 where it is none's.</summary>
    public int Line { get; }
}
