using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Cores;

/// <summary>Costs of hardware events on a core; a platform file gives each with its source.
/// </summary>
public static class HardwareCosts
{
    /// <summary>From user mode into the kernel: system call or exception entry.</summary>
    public static CostKey Trap { get; } = Event("trap", "from user mode into the kernel");

    /// <summary>From the kernel back to user mode.</summary>
    public static CostKey TrapReturn { get; } =
        Event("trap-return", "from the kernel back to user mode");

    /// <summary>
    /// What an exception takes beside a trap: the instruction is abandoned, its cause and address
    /// are read. Charged with <see cref="Trap"/> for a fault, not for a system call.
    /// </summary>
    public static CostKey ExceptionEntry { get; } = Event(
        "exception-entry", "what an exception takes beside a system call's trap");

    /// <summary>An interrupt's entry and return.</summary>
    public static CostKey Interrupt { get; } =
        Event("interrupt", "an interrupt's entry and return on the core that takes it");

    /// <summary>Another address space: page-table root and what it costs the TLB.</summary>
    public static CostKey AddressSpaceSwitch { get; } =
        Event("address-space-switch", "another page-table root");

    /// <summary>A posted write to a device register, as the core sees it.</summary>
    public static CostKey MmioWrite { get; } =
        Event("mmio-write", "a posted write to a device register, on the core");

    /// <summary>A read of a device register: the core waits for the device's answer.</summary>
    public static CostKey MmioRead { get; } =
        Event("mmio-read", "a read of a device register; the core waits for it");

    /// <summary>First touch of a cache line that a device wrote.</summary>
    public static CostKey DeviceLineTouch { get; } =
        Event("device-line-touch", "first touch of a cache line that a device wrote");

    /// <summary>A cache line that another core wrote last.</summary>
    public static CostKey RemoteLineTouch { get; } =
        Event("remote-line-touch", "touch of a cache line that another core wrote");

    /// <summary>An interrupt sent from one core to another.</summary>
    public static CostKey InterProcessorInterrupt { get; } =
        Event("inter-processor-interrupt", "sending an interrupt to another core");

    /// <summary>
    /// A translation that the TLB does not hold: the hardware's walk or, where software refills
    /// it, the way to the handler's vector and back.
    /// </summary>
    public static CostKey TlbMiss { get; } =
        Event("tlb-miss", "a page walk for a translation that the TLB does not hold");

    /// <summary>One instruction: the measure of costs that are given in instructions.</summary>
    public static CostKey Instruction { get; } = InstructionTime.Key;

    /// <summary>Copying a byte of a page.</summary>
    public static CostKey PageCopyByte { get; } = CostKey.Define(
        "page-copy-byte", CostSource.Platform, CostUnit.Byte, "a byte of a page copied");

    /// <summary>Filling a byte of a page with zero.</summary>
    public static CostKey PageZeroByte { get; } = CostKey.Define(
        "page-zero-byte", CostSource.Platform, CostUnit.Byte, "a byte of a page made zero");

    /// <summary>Work that the experiment asks for.</summary>
    public static CostKey Work { get; } = CostKey.Define(
        "work", CostSource.Experiment, CostUnit.Time, "the application's own work");

    /// <summary>Looking again and again at memory that a device will write.</summary>
    public static CostKey Poll { get; } = CostKey.Define(
        "poll", CostSource.Experiment, CostUnit.Time, "spinning on memory until it changes");

    /// <summary>One look at memory in a polling loop.</summary>
    public static CostKey PollStep { get; } =
        Event("poll-step", "one turn of a polling loop: a load that hits and a branch");

    /// <summary>Waiting for a lock that another context holds.</summary>
    public static CostKey LockWait { get; } = CostKey.Define(
        "lock-wait", CostSource.Experiment, CostUnit.Time, "waiting for a lock");

    private static CostKey Event(string name, string meaning) =>
        CostKey.Define(name, CostSource.Platform, CostUnit.Event, meaning);
}
