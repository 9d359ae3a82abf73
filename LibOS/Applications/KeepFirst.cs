using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.Applications;

/// <summary>
/// The page-replacement policy of a program that passes over its pages from the first to the last,
/// again and again, and knows it: the last page that has a frame gives it up, so that as many of
/// the first as fit stay (Engler, Kaashoek and O'Toole, SOSP 1995, section 6.2: an application that
/// knows its accesses chooses better than any policy that has to guess).
/// </summary>
internal sealed class KeepFirst : IReplacementPolicy
{
    private readonly SortedSet<long> pages = [];

    /// <inheritdoc/>
    public string Name => PageScan.OwnPolicy;

    /// <inheritdoc/>
    public void Loaded(long page) => pages.Add(page);

    /// <inheritdoc/>
    public void Removed(long page) => pages.Remove(page);

    /// <inheritdoc/>
    public bool TryChoose(IPageUse? use, out long page)
    {
        page = pages.Max;
        return pages.Count > 0;
    }

    /// <inheritdoc/>
    public IReplacementPolicy Again() => new KeepFirst();
}
