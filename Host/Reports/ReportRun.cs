namespace Disguise.Host.Reports;

/// <summary>What the report shows of one run beyond its result.</summary>
/// <param name="Architecture">The architecture's name, as in the result.</param>
/// <param name="Ledger">What was charged over the measured time, in any order.</param>
/// <param name="Distributions">The latency distributions, in the order in which to show them.
/// </param>
public sealed record ReportRun(
    string Architecture,
    IReadOnlyList<LedgerLine> Ledger,
    IReadOnlyList<LatencyDistribution> Distributions);
