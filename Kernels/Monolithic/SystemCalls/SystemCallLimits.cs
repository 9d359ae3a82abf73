namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>Numbers of resources and signals that calls name.</summary>
public static class SystemCallLimits
{
    /// <summary>RLIMIT_RSS: most bytes that have frames.</summary>
    public const long ResidentSet = 5;

    /// <summary>SIGSEGV: an access that is not allowed.</summary>
    public const long SegmentationFault = 11;
}
