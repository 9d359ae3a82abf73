namespace Disguise.Host.Reports;

/// <summary>A crossing while a request was under way, by or to one of those who worked on it.
/// </summary>
/// <param name="TimePs">When it was delivered, in picoseconds of virtual time.</param>
/// <param name="Kind">Its kind: <c>system-call</c>, <c>interrupt</c>, <c>ipc</c>.</param>
/// <param name="From">The address of the sender.</param>
/// <param name="To">The address of the receiver.</param>
/// <param name="IsProtection">Between protection domains; else into a device register.</param>
public sealed record ExplainedCrossing(
    long TimePs, string Kind, string From, string To, bool IsProtection);
