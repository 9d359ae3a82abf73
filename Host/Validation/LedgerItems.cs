using Disguise.Hardware.Cores;
using Disguise.Host.Reports;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Validation;

/// <summary>
/// The items of Table I (Arrakis, TOCS 33(4):11, 2015) and the costs that belong to each. Costs
/// that the table does not have (the driver's registers and first touches, interrupts, page walks,
/// control calls, the application's own time) belong to none.
/// </summary>
internal static class LedgerItems
{
    /// <summary>The sum of all items.</summary>
    public const string Total = "total";

    private const string Segment = "ledger_us";

    private static readonly (string Item, string[] Costs)[] Table =
    [
        ("network-stack-in",
        [
            ProfileCosts.StackReceiveNative.Name,
            ProfileCosts.StackReceivePosix.Name,
        ]),
        ("network-stack-out",
        [
            ProfileCosts.StackSendNative.Name,
            ProfileCosts.StackSendPosix.Name,
        ]),
        ("scheduler",
        [
            ProfileCosts.SchedulerWakeUp.Name,
            ProfileCosts.SchedulerDispatch.Name,
        ]),
        ("copy-in", [ProfileCosts.CopyReceive.Name]),
        ("copy-out", [ProfileCosts.CopySend.Name]),
        ("crossing-return", [HardwareCosts.TrapReturn.Name]),
        ("crossing-system-call", [HardwareCosts.Trap.Name]),
    ];

    /// <summary>Their names, and <see cref="Total"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Table.Select(entry => entry.Item), Total];

    /// <summary>The item that a cost belongs to; null for none.</summary>
    public static string? ItemOf(string cost)
    {
        foreach (var (item, costs) in Table)
        {
            if (costs.Contains(cost))
                return item;
        }

        return null;
    }

    /// <summary>Whether a path is <c>RUN.ledger_us.ITEM</c>.</summary>
    public static bool IsPath(string path, out string item)
    {
        var segments = path.Split('.');
        item = segments.Length == 3 && segments[1] == Segment ? segments[2] : "";
        return item.Length > 0;
    }

    /// <summary>
    /// What a run's ledger has for an item, in microseconds an operation; null where the run had
    /// no operation.
    /// </summary>
    public static double? PerOperation(
        string item, IReadOnlyList<LedgerLine> ledger, long? operations)
    {
        if (operations is null or 0)
            return null;
        var timePs = ledger
            .Where(line => ItemOf(line.Key) is { } found && (item == Total || found == item))
            .Sum(line => (double)line.TimePs);
        return timePs / operations.Value / Actors.Time.Picoseconds.PerMicrosecond;
    }
}
