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
        //  name              what it is there for
        new("bypass", "entering and leaving a kernel that stands on the path",
            "trap", "trap-return", "trap-after-idle", "trap-return-after-idle", "interrupt",
            "msi-x-delivery", "queueing-discipline", "ipc-path", "system-call-path",
            "exception-entry", "kernel-call-demultiplex", "kernel-call", "kernel-call-stack",
            "protected-transfer", "exception-forward", "signal-delivery", "signal-send",
            "pipe-call"),
        new("copy", "moving bytes between the kernel's buffers and the application's",
            "copy-receive", "copy-send", "user-copy-receive", "user-copy-send",
            "copy-receive-after-idle", "copy-send-after-idle", "pipe-byte"),
        new("demultiplexing", "finding out whose a packet is, and whether its owner may",
            "demultiplexing", "argument-check-receive", "argument-check-send",
            "receive-buffer-accounting", "send-buffer-accounting", "software-card-packet"),
        new("wake-up", "telling another context, choosing it, going over to it",
            "receiver-notification", "event-wait", "event-notification", "scheduler-wake-up",
            "scheduler-dispatch", "idle-leave", "address-space-switch",
            "inter-processor-interrupt", "slice-upcall", "context-save", "stride-select",
            "predicate-evaluate"),
        new("locks", "what several cores share: locks, and lines of memory that move",
            "socket-lock-receive", "socket-lock-send", "remote-line-touch"),
    ];

    /// <summary>
    /// Costs that stay on the path whatever is removed: the packet's own work, the hardware's, and
    /// what is there on all architectures once a tenant starts.
    /// </summary>
    public static IReadOnlyList<string> Rest { get; } =
    [
        "stack-receive-native", "stack-send-native", "stack-receive-posix", "stack-send-posix",
        "stack-receive-while-running", "stack-send-after-idle", "mmio-write", "mmio-read",
        "device-line-touch", "poll-step", "tlb-miss", "control-plane-call", "page-table-entry",
        "dma-byte", "pcie-posted-write", "pcie-read", "nic-receive-pipeline",
        "nic-transmit-pipeline", "instruction", "stlb-refill", "tlb-write-call",
        "tlb-refill-handler", "frame-call", "page-table-lookup-linear",
        "page-table-lookup-inverted",
        "page-table-next-inverted", "fault-look-up", "page-protect", "page-protect-range-page",
        "page-unprotect-range-page", "page-copy-byte", "page-zero-byte", "fault-dispatch",
    ];
}
