using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory.Replacement;

/// <summary>
/// The page that was used last gives its frame up: right for who passes over more than its memory
/// holds again and again, where it keeps what it has (Chou and DeWitt, VLDB 1985).
/// </summary>
public sealed class MostRecentlyUsed : IReplacementPolicy
{
    private readonly PageOrder order = new();

    /// <inheritdoc/>
    public string Name => "mru";

    /// <inheritdoc/>
    public void Loaded(long page) => order.Add(page);

    /// <inheritdoc/>
    public void Removed(long page) => order.Remove(page);

    /// <inheritdoc/>
    public bool TryChoose(IPageUse? use, out long page)
    {
        order.MoveUsed(use);
        page = order.Count > 0 ? order.Last : -1;
        return order.Count > 0;
    }

    /// <inheritdoc/>
    public IReplacementPolicy Again() => new MostRecentlyUsed();
}
