using Disguise.Actors.Crossings;
using Disguise.Host.Recording;
using Disguise.Host.Reports;
using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>What one run under one architecture gave.</summary>
/// <param name="Result">The numbers.</param>
/// <param name="Report">What the report shows beside them.</param>
/// <param name="IsComplete">Whether it ran to its end.</param>
/// <param name="VirtualPs">Virtual time since the load began.</param>
/// <param name="Events">Events that ran.</param>
/// <param name="Islands">Islands.</param>
/// <param name="Failures">Tenants that were refused, with reasons, by address.</param>
/// <param name="Hash">The run hash with its interval hashes.</param>
/// <param name="Interval">The crossings of the watched interval, where one was.</param>
internal sealed record RunOutcome(
    RunResult Result,
    ReportRun Report,
    bool IsComplete,
    long VirtualPs,
    long Events,
    int Islands,
    IReadOnlyDictionary<string, string> Failures,
    RunHash Hash,
    IntervalTrace? Interval);
