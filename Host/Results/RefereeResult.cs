namespace Disguise.Host.Results;

/// <summary>What one referee looked at and what it found.</summary>
public sealed record RefereeResult
{
    /// <summary>The referee's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many things it checked.</summary>
    public required long Checked { get; init; }

    /// <summary>How many of them broke the rule.</summary>
    public required long Violations { get; init; }

    /// <summary>The first findings in words, at most a handful.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}
