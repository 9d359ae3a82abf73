using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;

namespace Disguise.Kernels.Profiles;

/// <summary>
/// What an exokernel and its library operating system spend on top of the hardware: the
/// primitives of Aegis and ExOS (Engler et al., SOSP 1995, sections 5 to 7) and of Xok (Kaashoek et
/// al., SOSP 1997). What virtual memory costs holds for whoever has its library linked, a kernel
/// or a pager too (Tables 10 and 13). Composed operations have no cost of their own.
/// </summary>
public static class ExokernelCosts
{
    /// <summary>
    /// Scratch registers saved, cause and address handed over, and the jump to the application's
    /// handler. With the platform's trap, exception-entry and trap-return it is Table 5.
    /// </summary>
    public static CostKey ExceptionForward { get; } = Event(
        "exception-forward", "an exception handed to its application");

    /// <summary>A translation found in the software TLB and installed.</summary>
    public static CostKey StlbRefill { get; } = Event(
        "stlb-refill", "a translation found in the software TLB and installed");

    /// <summary>Telling a call from other exceptions: part of every entry by a call.</summary>
    public static CostKey KernelCallDemultiplex { get; } = Event(
        "kernel-call-demultiplex", "telling a kernel call from other exceptions");

    /// <summary>
    /// A call's dispatch, argument checks and way back, beside its demultiplexing. A protected
    /// control transfer has none.
    /// </summary>
    public static CostKey KernelCall { get; } = Event(
        "kernel-call", "dispatch and checks of one kernel call that is no transfer");

    /// <summary>
    /// Setting up a stack of the kernel's for a call, beside what every call takes (Table 4).
    /// </summary>
    public static CostKey KernelCallStack { get; } = Event(
        "kernel-call-stack", "a kernel call sets a stack up");

    /// <summary>
    /// A protected control transfer beside the demultiplexing of its call: another program
    /// counter, time slice, address-space tag and status. With the platform's trap,
    /// address-space-switch and trap-return it is Table 6.
    /// </summary>
    public static CostKey ProtectedTransfer { get; } = Event(
        "protected-transfer", "a protected control transfer, one way");

    /// <summary>Checking the capability and writing one translation into the TLB.</summary>
    public static CostKey TlbWriteCall { get; } = Event(
        "tlb-write-call", "a translation checked and written into, or taken from, the TLB");

    /// <summary>A frame given, given back, shared or changed: the book of frames.</summary>
    public static CostKey FrameCall { get; } = Event(
        "frame-call", "bookkeeping of one call about a frame");

    /// <summary>The start or end of a time slice, told to its environment.</summary>
    public static CostKey SliceUpcall { get; } = Event(
        "slice-upcall", "start or end of a slice told to an environment");

    /// <summary>One product of a wakeup predicate.</summary>
    public static CostKey PredicateEvaluate { get; } = Event(
        "predicate-evaluate", "one product of a compiled wakeup predicate");

    /// <summary>Registers that a library saves and restores around a call by transfer.</summary>
    public static CostKey ContextSave { get; } = Event(
        "context-save", "registers saved or restored by a library around a transfer");

    /// <summary>A library's stride scheduler chooses whom it yields to.</summary>
    public static CostKey StrideSelect { get; } = Event(
        "stride-select", "a stride scheduler's choice of the next environment");

    /// <summary>Finding a page's entry in a linear table with binary search ("dirty").
    /// </summary>
    public static CostKey PageTableLookupLinear { get; } = Event(
        "page-table-lookup-linear", "a page's entry found in a linear page table");

    /// <summary>
    /// Finding each further page of a range in an inverted one, where it lies anywhere; in a
    /// linear one it lies beside the page before.
    /// </summary>
    public static CostKey PageTableNextInverted { get; } = Event(
        "page-table-next-inverted", "a further page's entry found in an inverted page table");

    /// <summary>Finding it in an inverted one.</summary>
    public static CostKey PageTableLookupInverted { get; } = Event(
        "page-table-lookup-inverted", "a page's entry found in an inverted page table");

    /// <summary>
    /// Changing a page's protection beside look-up and kernel call: what is left of "prot1".
    /// </summary>
    public static CostKey PageProtect { get; } = Event(
        "page-protect", "a page's protection changed, beside look-up and kernel call");

    /// <summary>Each further page that is protected with the first ("prot100").</summary>
    public static CostKey PageProtectRangePage { get; } = Event(
        "page-protect-range-page", "a further page of a range protected");

    /// <summary>Each further page that is unprotected with the first ("unprot100").</summary>
    public static CostKey PageUnprotectRangePage { get; } = Event(
        "page-unprotect-range-page", "a further page of a range unprotected");

    /// <summary>
    /// What a program's handler of faults spends beside the exception: what is left of "trap".
    /// </summary>
    public static CostKey FaultDispatch { get; } = Event(
        "fault-dispatch", "a fault taken by its program's handler, and the way back");

    /// <summary>Copying a byte of a page: the platform's.</summary>
    public static CostKey PageCopyByte => HardwareCosts.PageCopyByte;

    /// <summary>Filling a byte of a page with zero: the platform's.</summary>
    public static CostKey PageZeroByte => HardwareCosts.PageZeroByte;

    private static CostKey Event(string name, string meaning) =>
        CostKey.Define(name, CostSource.Profile, CostUnit.Event, meaning);
}
