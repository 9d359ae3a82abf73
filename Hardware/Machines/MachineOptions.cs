using Disguise.Actors.Faults;

namespace Disguise.Hardware.Machines;

/// <summary>Sizes of a machine, and which guards check.</summary>
public sealed record MachineOptions
{
    /// <summary>Cores, 1 and up.</summary>
    public int CoreCount { get; init; } = 1;

    /// <summary>Bytes of memory, a multiple of 4 KiB.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>Entries of a core's TLB.</summary>
    public int TlbEntries { get; init; } = 512;

    /// <summary>Ways of a core's TLB.</summary>
    public int TlbWays { get; init; } = 4;

    /// <summary>Guards that check.</summary>
    public Guards Guards { get; init; } = Guards.All;
}
