using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Memory;

/// <summary>
/// A range of physical addresses behind which are registers, as a BAR maps it. The VF BAR of an
/// SR-IOV capability maps a window for each VF in a row: one region with many windows.
/// </summary>
public sealed class MmioRegion
{
    /// <summary>
    /// A region of <paramref name="windowCount"/> windows of <paramref name="windowSizeBytes"/>
    /// each, both multiples of the frame size or the count 1.
    /// </summary>
    public MmioRegion(
        long firstAddress,
        long windowSizeBytes,
        int windowCount,
        FunctionId function,
        int baseAddressRegister,
        object? target = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstAddress);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSizeBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowCount, 1);
        FirstAddress = firstAddress;
        WindowSizeBytes = windowSizeBytes;
        WindowCount = windowCount;
        Function = function;
        BaseAddressRegister = baseAddressRegister;
        Target = target;
    }

    /// <summary>Physical address of the first byte.</summary>
    public long FirstAddress { get; }

    /// <summary>Bytes of one window.</summary>
    public long WindowSizeBytes { get; }

    /// <summary>Windows in a row.</summary>
    public int WindowCount { get; }

    /// <summary>The function whose BAR this is; of a VF BAR, the physical function.</summary>
    public FunctionId Function { get; }

    /// <summary>Number of the BAR, 0 to 5; of a VF BAR too.</summary>
    public int BaseAddressRegister { get; }

    /// <summary>Whom an access concerns; what that is, is up to who made the region.</summary>
    public object? Target { get; }

    /// <summary>Bytes of all windows.</summary>
    public long SizeBytes => WindowSizeBytes * WindowCount;

    /// <summary>Physical address behind the last byte.</summary>
    public long EndAddress => FirstAddress + SizeBytes;

    /// <summary>The window in which an offset in the region lies.</summary>
    public int WindowOf(long offset) => (int)(offset / WindowSizeBytes);

    /// <summary>An offset in the region as an offset in its window.</summary>
    public long OffsetInWindow(long offset) => offset % WindowSizeBytes;
}
