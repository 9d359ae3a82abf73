namespace Disguise.Host.Ablations;

/// <summary>
/// Which costs make up which mechanism (Arrakis, TOCS 33(4):11, section 2: where the overhead of
/// an operating system's network stack comes from). Removing a mechanism sets its costs to zero;
/// a cost belongs to one mechanism at most.
/// </summary>
internal static class Mechanisms
{
    public static IReadOnlyList<Mechanism> All { get; } =
    [
        //  name             what it is there for
        new("bypass", "entering and leaving a kernel that stands on the path",
            "trap", "trap-return", "interrupt", "msi-x-delivery"),
        new("copy", "moving bytes between the kernel's buffers and the application's",
            "copy-receive", "copy-send"),
        new("demultiplexing", "finding out for whom a packet is, and whether its sender may",
            "software-card-packet"),
        new("wake-up", "making another context ready, choosing it, going over to it",
            "scheduler-wake-up", "scheduler-dispatch", "address-space-switch",
            "inter-processor-interrupt"),
        new("locks", "what several cores share: locks, and lines of memory that move",
            "remote-line-touch"),
    ];

    /// <summary>
    /// Costs that stay on the path whatever is removed: the packet's own work, and the hardware's.
    /// </summary>
    public static IReadOnlyList<string> Rest { get; } =
    [
        "stack-receive-native", "stack-send-native", "stack-receive-posix", "stack-send-posix",
        "mmio-write", "mmio-read", "device-line-touch", "poll-step", "tlb-miss",
        "control-plane-call", "page-table-entry",
    ];
}
