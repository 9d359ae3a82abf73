namespace Disguise.Host.Reports;

/// <summary>One crossing or one charge of a trace.</summary>
/// <param name="TimePs">When it began, or, for a crossing, was sent.</param>
/// <param name="DurationPs">How long it took; for a crossing until it arrived.</param>
/// <param name="Kind">The kind of crossing, or the cost key of a charge.</param>
/// <param name="From">The address of the sender, or of the party charged.</param>
/// <param name="To">The address of the receiver; null for a charge.</param>
public readonly record struct TraceRecord(
    long TimePs, long DurationPs, string Kind, string From, string? To);
