using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Host.Reports;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Validation;

/// <summary>
/// The items of Table I (Arrakis, TOCS 33(4):11, 2015) and the costs that belong to each. Costs
/// that the table does not have (the driver's registers and first touches, interrupts, page walks,
/// waiting for several sockets, control calls, the application's own time) belong to none.
/// </summary>
internal static class LedgerItems
{
    /// <summary>The sum of all items.</summary>
    public const string Total = "total";

    private const string Segment = "ledger_us";

    private static readonly (string Item, CostKey[] Costs)[] Table =
    [
        ("network-stack-in",
        [
            ProfileCosts.StackReceiveNative, ProfileCosts.StackReceivePosix,
            SharedStackCosts.Demultiplexing, SharedStackCosts.ReceiveBufferAccounting,
            SharedStackCosts.SocketLockReceive, SharedStackCosts.ArgumentCheckReceive,
            CoreStateCosts.StackReceiveWhileRunning,
        ]),
        ("network-stack-out",
        [
            ProfileCosts.StackSendNative, ProfileCosts.StackSendPosix,
            SharedStackCosts.SendBufferAccounting, SharedStackCosts.SocketLockSend,
            SharedStackCosts.ArgumentCheckSend, SharedStackCosts.QueueingDiscipline,
            CoreStateCosts.StackSendAfterIdle,
        ]),
        ("scheduler",
        [
            SharedStackCosts.ReceiverNotification, ProfileCosts.SchedulerWakeUp,
            ProfileCosts.SchedulerDispatch, CoreStateCosts.IdleLeave,
        ]),
        ("copy-in",
        [
            ProfileCosts.CopyReceive, SharedStackCosts.UserCopyReceive,
            CoreStateCosts.CopyReceiveAfterIdle,
        ]),
        ("copy-out",
        [
            ProfileCosts.CopySend, SharedStackCosts.UserCopySend,
            CoreStateCosts.CopySendAfterIdle,
        ]),
        ("crossing-return", [HardwareCosts.TrapReturn, CoreStateCosts.TrapReturnAfterIdle]),
        ("crossing-system-call",
        [
            HardwareCosts.Trap, ProfileCosts.SystemCallPath, CoreStateCosts.TrapAfterIdle,
        ]),
    ];

    /// <summary>Their names, and <see cref="Total"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Table.Select(entry => entry.Item), Total];

    /// <summary>The item that a cost belongs to; null for none.</summary>
    public static string? ItemOf(string cost)
    {
        foreach (var (item, costs) in Table)
        {
            if (costs.Any(key => key.Name == cost))
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
