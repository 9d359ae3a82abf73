namespace Disguise.Kernels.Abstractions;

/// <summary>What a kernel did on an order to take something back.</summary>
/// <param name="Address">The tenant.</param>
/// <param name="Resource">What, as in the order.</param>
/// <param name="OrderedPs">When the order came.</param>
/// <param name="DonePs">When nothing of it was left.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Amount">How much was taken or returned; 0 when there was none.</param>
public sealed record RevocationReport(
    string Address, string Resource, long OrderedPs, long DonePs, RevocationResult Result,
    int Amount)
{
    /// <summary>Until when the tenant had time to return it; null where it was not asked.
    /// </summary>
    public long? DeadlinePs { get; init; }

    /// <summary>When the tenant began to return it, or the kernel to take it.</summary>
    public long BegunPs { get; init; } = OrderedPs;

    /// <summary>Of a network that a kernel which cannot ask has taken.</summary>
    public static RevocationReport OfNetwork(
        string address, long orderedPs, long donePs, int taken) => new(
            address, RevocationOrder.Network, orderedPs, donePs,
            taken > 0 ? RevocationResult.Forced : RevocationResult.NotApplicable, taken);
}
