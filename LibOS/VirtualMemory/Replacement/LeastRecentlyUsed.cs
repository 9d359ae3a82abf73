using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory.Replacement;

/// <summary>
/// The page that was used longest ago gives its frame up. What was used between two faults is
/// known as far as hardware notes it; else a page was used last when it was loaded.
/// </summary>
public sealed class LeastRecentlyUsed : IReplacementPolicy
{
    private readonly PageOrder order = new();

    /// <inheritdoc/>
    public string Name => "lru";

    /// <inheritdoc/>
    public void Loaded(long page) => order.Add(page);

    /// <inheritdoc/>
    public void Removed(long page) => order.Remove(page);

    /// <inheritdoc/>
    public bool TryChoose(IPageUse? use, out long page)
    {
        order.MoveUsed(use);
        page = order.Count > 0 ? order.First : -1;
        return order.Count > 0;
    }

    /// <inheritdoc/>
    public IReplacementPolicy Again() => new LeastRecentlyUsed();
}
