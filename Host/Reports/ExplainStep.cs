namespace Disguise.Host.Reports;

/// <summary>One charge or one crossing of an explained request.</summary>
/// <param name="StartPs">When it began, in picoseconds of virtual time.</param>
/// <param name="DurationPs">How long it took; 0 for a crossing that costs nothing itself.</param>
/// <param name="Who">The address of the party: <c>server.kernel</c>.</param>
/// <param name="What">What it did: the cost key, or what the crossing carried.</param>
/// <param name="Kind">The kind of crossing, or of charge: <c>system-call</c>, <c>work</c>.</param>
/// <param name="OnCriticalPath">
/// Whether the client waited for it. Work beside the path, such as posting the next descriptor,
/// is shown but not part of the sum.
/// </param>
/// <param name="Count">Of how many events or bytes the cost is; 0 for a part of one counted
/// before, and for a wait.</param>
public sealed record ExplainStep(
    long StartPs, long DurationPs, string Who, string What, string Kind, bool OnCriticalPath,
    long Count = 1);
