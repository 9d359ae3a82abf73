using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Machines;

/// <summary>Sizes of a machine, and which guards check.</summary>
public sealed record MachineOptions
{
    /// <summary>Cores, 1 and up.</summary>
    public int CoreCount { get; init; } = 1;

    /// <summary>Bytes of memory, a multiple of 4 KiB.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>The TLB of each core.</summary>
    public TlbModel Tlb { get; init; } = TlbModel.Default;

    /// <summary>Guards that check.</summary>
    public Guards Guards { get; init; } = Guards.All;
}
