namespace Disguise.Kernels.Abstractions;

/// <summary>
/// A kernel cannot boot in the memory of its machine: an error of who described the machine.
/// </summary>
public sealed class MachineTooSmallException : Exception
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Says what there is and what is needed, in one line.</summary>
    /// <param name="machine">The machine's address.</param>
    /// <param name="memoryBytes">What it has.</param>
    /// <param name="leastBytes">The least with which its kernel boots.</param>
    public MachineTooSmallException(string machine, long memoryBytes, long leastBytes)
        : base($"{machine}: its kernel does not boot in {Rounded(memoryBytes)} MiB of memory; "
            + $"allowed: {Rounded(leastBytes)}MiB and more") =>
        LeastBytes = leastBytes;

    /// <summary>The least with which its kernel boots.</summary>
    public long LeastBytes { get; }

    /// <summary>The one that is behind a failure; null where another is.</summary>
    public static MachineTooSmallException? Behind(Exception? failure)
    {
        while (failure is not (null or MachineTooSmallException))
            failure = failure.InnerException;
        return (MachineTooSmallException?)failure;
    }

    private static long Rounded(long bytes) => (bytes + Mebibyte - 1) / Mebibyte;
}
