using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Running;

/// <summary>
/// To which component of a system a cost belongs in a result. It goes by what is done, wherever
/// that is linked: a network stack is one in a container, a kernel and a server.
/// </summary>
internal static class Components
{
    private static readonly (string Part, string Component)[] ByName =
    [
        ("stack-", "network-stack"),
        ("demultiplexing", "network-stack"),
        ("page-", "virtual-memory"),
        ("fault-dispatch", "virtual-memory"),
        ("copy", "copy"),
        ("pipe-byte", "copy"),
        ("pipe-call", "sockets"),
        ("scheduler-", "scheduler"),
        ("idle-leave", "scheduler"),
        ("socket-", "sockets"),
        ("-buffer-accounting", "sockets"),
        ("argument-check", "sockets"),
        ("-notification", "sockets"),
        ("event-wait", "sockets"),
        ("queueing-discipline", "sockets"),
        ("trap", "crossing"),
        ("exception-", "crossing"),
        ("signal-", "crossing"),
        ("interrupt", "crossing"),
        ("address-space-switch", "crossing"),
        ("ipc", "crossing"),
        ("mmio", "driver"),
        ("device-line-touch", "driver"),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. ByName.Select(one => one.Component).Distinct(), "application", "kernel", "other",
        "poll",
    ];

    public static string Of(LedgerAccount account, CostKey key)
    {
        if (key == HardwareCosts.Poll)
            return "poll";
        if (key == HardwareCosts.Work)
            return "application";
        foreach (var (part, component) in ByName)
        {
            if (key.Name.Contains(part, StringComparison.Ordinal))
                return component;
        }

        return account.IsKernel ? "kernel" : "other";
    }

    public static bool IsCopy(CostKey key) =>
        key == ProfileCosts.CopyReceive || key == ProfileCosts.CopySend
        || key == LocalCommunicationCosts.PipeByte;
}
