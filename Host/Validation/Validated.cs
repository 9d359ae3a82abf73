namespace Disguise.Host.Validation;

/// <summary>A suite with its rows judged.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Rows">Its rows, in order.</param>
public sealed record Validated(Suite Suite, IReadOnlyList<RowOutcome> Rows);
