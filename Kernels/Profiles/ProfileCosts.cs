using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Profiles;

/// <summary>What a code base spends on top of the hardware, item by item.</summary>
public static class ProfileCosts
{
    /// <summary>The stack's work on one packet in, native interface.</summary>
    public static CostKey StackReceiveNative { get; } = Event(
        "stack-receive-native", "network stack, one packet in, native interface");

    /// <summary>The stack's work on one packet out, native interface.</summary>
    public static CostKey StackSendNative { get; } = Event(
        "stack-send-native", "network stack, one packet out, native interface");

    /// <summary>The stack's work on one packet in, POSIX interface.</summary>
    public static CostKey StackReceivePosix { get; } = Event(
        "stack-receive-posix", "network stack, one packet in, POSIX interface");

    /// <summary>The stack's work on one packet out, POSIX interface.</summary>
    public static CostKey StackSendPosix { get; } = Event(
        "stack-send-posix", "network stack, one packet out, POSIX interface");

    /// <summary>Copying a byte of a packet into the application's buffer.</summary>
    public static CostKey CopyReceive { get; } = Bytes(
        "copy-receive", "a byte copied from the ring into the application's buffer");

    /// <summary>Copying a byte of the application's buffer into a packet.</summary>
    public static CostKey CopySend { get; } = Bytes(
        "copy-send", "a byte copied from the application's buffer into the ring");

    /// <summary>A control-plane call's checks and bookkeeping.</summary>
    public static CostKey ControlPlaneCall { get; } = Event(
        "control-plane-call", "checks and bookkeeping of one control-plane call");

    /// <summary>Entering one page into the page tables.</summary>
    public static CostKey PageTableEntry { get; } = Event(
        "page-table-entry", "one page entered into or taken from the page tables");

    /// <summary>Making a context ready.</summary>
    public static CostKey SchedulerWakeUp { get; } = Event(
        "scheduler-wake-up", "making a waiting context ready");

    /// <summary>Choosing the next context and giving it the core.</summary>
    public static CostKey SchedulerDispatch { get; } = Event(
        "scheduler-dispatch", "choosing the next context and giving it the core");

    /// <summary>
    /// A monolithic kernel's own way from the trap to the call's code and back: registers,
    /// accounting, signals looked for.
    /// </summary>
    public static CostKey SystemCallPath { get; } = Event(
        "system-call-path", "a system call's way to its code and back, beside the trap");

    /// <summary>Emulating a card in software, one packet in or out.</summary>
    public static CostKey SoftwareCardPacket { get; } = Event(
        "software-card-packet", "emulating a card in software, one packet in or out");

    /// <summary>A microkernel's own work on one message, without trap, switch and return.
    /// </summary>
    public static CostKey IpcPath { get; } = Event(
        "ipc-path", "a microkernel's own work on one message between two domains");

    /// <summary>
    /// A kernel makes an exception into a signal to its process. With the platform's trap,
    /// exception-entry and trap-return it is Table 5 for an overflow.
    /// </summary>
    public static CostKey SignalDelivery { get; } = Event(
        "signal-delivery", "an exception made into a signal to its process");

    /// <summary>
    /// What the kernel does for an exception about a page beside any other exception: which page
    /// it is, and whose. Table 5 for a protected page, less an overflow.
    /// </summary>
    public static CostKey FaultLookUp { get; } = Event(
        "fault-look-up", "an exception about a page, beside any other exception");

    /// <summary>A kernel's own refill of a TLB from its page tables.</summary>
    public static CostKey TlbRefillHandler { get; } = Event(
        "tlb-refill-handler", "a kernel's handler refills the TLB from its page tables");

    private static CostKey Event(string name, string meaning) =>
        CostKey.Define(name, CostSource.Profile, CostUnit.Event, meaning);

    private static CostKey Bytes(string name, string meaning) =>
        CostKey.Define(name, CostSource.Profile, CostUnit.Byte, meaning);
}
