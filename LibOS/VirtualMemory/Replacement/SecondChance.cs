using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory.Replacement;

/// <summary>
/// The clock: the hand passes over pages that were used since it last came by (Corbato, A paging
/// experiment with the Multics system, 1968).
/// </summary>
public sealed class SecondChance : IReplacementPolicy
{
    private readonly PageOrder order = new();

    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public void Loaded(long page) => order.Add(page);

    /// <inheritdoc/>
    public void Removed(long page) => order.Remove(page);

    /// <inheritdoc/>
    public bool TryChoose(IPageUse? use, out long page)
    {
        for (var passed = 0; passed < order.Count; passed++)
        {
            if (use is null || !use.TakeUsed(order.First))
                break;
            order.Turn();
        }

        page = order.Count > 0 ? order.First : -1;
        return order.Count > 0;
    }

    /// <inheritdoc/>
    public IReplacementPolicy Again() => new SecondChance();
}
