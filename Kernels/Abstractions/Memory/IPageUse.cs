namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// What hardware notes of the use of pages. Without page tables that the hardware walks there is
/// nothing of the kind: a library finds out by faults.
/// </summary>
public interface IPageUse
{
    /// <summary>Whether a page was used since this was last asked.</summary>
    bool TakeUsed(long page);

    /// <summary>Whether a page was written since this was last asked.</summary>
    bool TakeWritten(long page);
}
