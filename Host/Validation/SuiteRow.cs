using Disguise.Host.Experiments.Expectations;

namespace Disguise.Host.Validation;

/// <summary>A row of a paper's table or figure: one number, or one inequality.</summary>
public sealed record SuiteRow
{
    /// <summary>The table or figure.</summary>
    public required string Table { get; init; }

    /// <summary>The row in it.</summary>
    public required string Row { get; init; }

    /// <summary>The column in it; may be empty.</summary>
    public required string Column { get; init; }

    /// <summary>The unit of all its values.</summary>
    public required string Unit { get; init; }

    /// <summary>What it is to the emulator.</summary>
    public required RowKind Kind { get; init; }

    /// <summary>What the paper prints; null where it prints no value.</summary>
    public double? Paper { get; init; }

    /// <summary>Whether it is a ratio of two systems.</summary>
    public bool IsRatio { get; init; }

    /// <summary>The emulated value; null for a shape, and where nothing models it.</summary>
    public Quantity? Value { get; init; }

    /// <summary>A band's value at one end of its parameter's range.</summary>
    public Quantity? Low { get; init; }

    /// <summary>A band's value at the other end.</summary>
    public Quantity? High { get; init; }

    /// <summary>What a band sweeps, and to which ends.</summary>
    public string? Swept { get; init; }

    /// <summary>A shape's inequalities.</summary>
    public IReadOnlyList<Expectation> Holds { get; init; } = [];

    /// <summary>What is suspected if it is not met, said before any run.</summary>
    public string? Mechanism { get; init; }

    /// <summary>Why nothing models it; null where something does.</summary>
    public string? NotModelled { get; init; }

    /// <summary>A remark; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Table, row and column in one line.</summary>
    public string Name => Column.Length == 0 ? $"{Table}, {Row}" : $"{Table}, {Row}, {Column}";

    /// <summary>The result paths that its values come from.</summary>
    public IEnumerable<string> Paths => new[] { Value, Low, High }
        .SelectMany(quantity => quantity?.Paths ?? [])
        .Concat(Holds.SelectMany(expectation => expectation.Paths));
}
