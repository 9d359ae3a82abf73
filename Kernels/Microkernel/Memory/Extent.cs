namespace Disguise.Kernels.Microkernel.Memory;

/// <summary>Frames in a row to which there are capabilities.</summary>
/// <param name="Number">Its number among the kernel's extents.</param>
/// <param name="FirstFrame">The first frame.</param>
/// <param name="Pages">How many.</param>
/// <param name="Owner">The domain they were allocated for.</param>
/// <param name="IsDevice">Whether they are a device's registers.</param>
internal sealed record Extent(
    int Number, long FirstFrame, int Pages, int Owner, bool IsDevice)
{
    /// <summary>The slot of the capability from which all others to it descend.</summary>
    public int OriginSlot { get; set; }
}
