using Disguise.Kernels.Abstractions;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>Numbers of resources and signals that calls name (Linux, x86-64).</summary>
public static class SystemCallLimits
{
    /// <summary>RLIMIT_RSS: most bytes that have frames.</summary>
    public const long ResidentSet = 5;

    /// <summary>Most pixels that one call draws: what a page holds.</summary>
    public const int DrawnPixels = 1_024;

    /// <summary>SIGILL: an instruction that the processor does not take.</summary>
    public const long IllegalInstruction = 4;

    /// <summary>SIGBUS: an access that is not aligned.</summary>
    public const long BusError = 7;

    /// <summary>SIGFPE: an arithmetic exception.</summary>
    public const long ArithmeticException = 8;

    /// <summary>SIGUSR1: a signal that programs send each other.</summary>
    public const long UserSignal = 10;

    /// <summary>SIGSEGV: an access that is not allowed.</summary>
    public const long SegmentationFault = 11;

    /// <summary>The signal that an exception becomes.</summary>
    public static long SignalOf(ProgramExceptionKind kind) => kind switch
    {
        ProgramExceptionKind.Unalign => BusError,
        ProgramExceptionKind.Overflow => ArithmeticException,
        ProgramExceptionKind.Coproc => IllegalInstruction,
        _ => SegmentationFault,
    };
}
