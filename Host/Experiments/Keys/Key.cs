namespace Disguise.Host.Experiments.Keys;

/// <summary>A key of a section.</summary>
/// <param name="Name">The key.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Description">One line on what it does.</param>
internal sealed record Key(string Name, ValueKind Kind, string Description)
{
    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>What holds if it is left out, as in a file; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The mechanism that using it needs; null for none.</summary>
    public string? Mechanism { get; init; }

    /// <summary>A key that cannot stand beside this one; null for none.</summary>
    public string? Excludes { get; init; }
}
