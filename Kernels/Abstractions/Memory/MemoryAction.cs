namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>
/// One thing that a virtual-memory library wants done. They are carried out in their order.
/// </summary>
/// <param name="Kind">What.</param>
/// <param name="Page">Number of the virtual page that it is about.</param>
/// <param name="Frame">
/// The frame; <see cref="NoFrame"/> where the hardware does not translate the page, so that rights
/// change in the library's own table only.
/// </param>
/// <param name="Source">The frame that is copied, or the slot of the backing store.</param>
/// <param name="Rights">The rights that the hardware is to grant.</param>
public readonly record struct MemoryAction(
    MemoryActionKind Kind, long Page, long Frame = MemoryAction.NoFrame, long Source = 0,
    MemoryProtection Rights = MemoryProtection.None)
{
    /// <summary>In place of a frame: there is none.</summary>
    public const long NoFrame = -1;
}
