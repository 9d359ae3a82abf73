namespace Disguise.Kernels.Abstractions;

/// <summary>The operator's order to take something back from a tenant.</summary>
/// <param name="Target">Address of the tenant.</param>
/// <param name="Resource">
/// What: <c>network</c>, <c>processor</c>, <c>memory</c>, or a kernel's own kind.
/// </param>
/// <param name="Asks">Whether the tenant is asked first, where the kernel can ask.</param>
/// <param name="DeadlinePs">How long it then has; null for the kernel's own time.</param>
/// <param name="AtPs">When.</param>
public sealed record RevocationOrder(
    string Target, string Resource, bool Asks, long? DeadlinePs, long AtPs)
{
    /// <summary>Most frames that one order is for.</summary>
    public const int AmountLimit = 64;

    /// <summary>How much of it: frames of memory; of other resources there is one.</summary>
    public int Amount { get; init; } = 1;

    /// <summary>Way to the network.</summary>
    public const string Network = "network";

    /// <summary>Time on cores.</summary>
    public const string Processor = "processor";

    /// <summary>Frames of memory.</summary>
    public const string Memory = "memory";

    /// <summary>Slices of a core's time.</summary>
    public const string TimeSlice = "time-slice";

    /// <summary>A window of the screen.</summary>
    public const string Window = "window";
}
