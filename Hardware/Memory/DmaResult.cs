namespace Disguise.Hardware.Memory;

/// <summary>How a DMA ended: all bytes moved, or none and why.</summary>
public readonly record struct DmaResult(DmaFaultReason Reason)
{
    /// <summary>All bytes were moved.</summary>
    public bool IsDone => Reason == DmaFaultReason.None;
}
