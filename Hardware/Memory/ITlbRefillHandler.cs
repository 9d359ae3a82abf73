namespace Disguise.Hardware.Memory;

/// <summary>
/// The code at a processor's vector for TLB misses, of a kernel that answers them by itself. It
/// runs within the access that missed; who made the access is charged for it.
/// </summary>
public interface ITlbRefillHandler
{
    /// <summary>
    /// Finds a translation that allows an access, in the layout of
    /// <see cref="PageTableEntry"/>; false with the fault that its kernel makes of it.
    /// </summary>
    bool TryFind(
        AddressSpace space, ulong virtualAddress, Access access, out ulong entry,
        out PageFault fault);
}
