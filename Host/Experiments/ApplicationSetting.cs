namespace Disguise.Host.Experiments;

/// <summary>A setting of a kind of application.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Description">One line on what it does.</param>
public sealed record ApplicationSetting(string Name, SettingType Type, string Description)
{
    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>What holds if it is left out, as in a file; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Smallest value, for numbers and times (in picoseconds).</summary>
    public decimal Minimum { get; init; }

    /// <summary>Largest value, for numbers and times (in picoseconds).</summary>
    public decimal Maximum { get; init; } = 1_000_000_000_000_000_000;

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>A setting that cannot be given together with this one; null for none.</summary>
    public string? Excludes { get; init; }
}
