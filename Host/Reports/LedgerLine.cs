namespace Disguise.Host.Reports;

/// <summary>One cost, as charged to one party over the measured time.</summary>
/// <param name="Key">The cost's key.</param>
/// <param name="Who">The party: a group's address, the kernel, a device.</param>
/// <param name="Count">How many times it was charged.</param>
/// <param name="TimePs">How long that took in all, in picoseconds of virtual time.</param>
/// <param name="Source">
/// Which file gives the value: <c>platform</c>, <c>profile</c> or <c>experiment</c>.
/// </param>
/// <param name="Citation">Where that file has it from; null where it needs none.</param>
/// <param name="IsAssumed">Whether no paper prints it.</param>
public sealed record LedgerLine(
    string Key,
    string Who,
    long Count,
    long TimePs,
    string Source,
    string? Citation,
    bool IsAssumed);
