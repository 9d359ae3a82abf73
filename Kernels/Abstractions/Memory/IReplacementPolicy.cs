namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// Which page has to give its frame up when another needs one: a plug-in, which an application
/// that links its own virtual memory can bring with it.
/// </summary>
public interface IReplacementPolicy
{
    /// <summary>Its name, as experiments give it.</summary>
    string Name { get; }

    /// <summary>A page has been given a frame, just now.</summary>
    void Loaded(long page);

    /// <summary>A page has lost its frame, chosen or not.</summary>
    void Removed(long page);

    /// <summary>Chooses a page that was loaded and not removed. False when there is none.</summary>
    bool TryChoose(IPageUse? use, out long page);

    /// <summary>Another of the same kind, for a child; empty.</summary>
    IReplacementPolicy Again();
}
