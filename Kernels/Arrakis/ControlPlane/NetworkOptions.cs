using Disguise.Hardware.Nic.Filters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>What the kernel knows of one NIC: its limits, as its driver tells them.</summary>
public sealed record NetworkOptions
{
    /// <summary>How many virtual functions are switched on (NumVFs), 0 to 4096.</summary>
    public int VirtualFunctions { get; init; } = 64;

    /// <summary>What happens when they are all taken.</summary>
    public WhenFunctionsRunOut WhenFunctionsRunOut { get; init; }

    /// <summary>How many cards the dedicated core emulates at most (T15 3.8: 64).</summary>
    public int SoftwareCards { get; init; } = 64;

    /// <summary>Pairs of queues of one card (82599: 128 queues for 64 functions).</summary>
    public int QueuesPerCard { get; init; } = 2;

    /// <summary>MSI-X vectors of one card (82599 virtual function: 3).</summary>
    public int VectorsPerCard { get; init; } = 3;

    /// <summary>Whether filters look at the five-tuple, or at MAC and VLAN only (82599).</summary>
    public bool FiltersByFiveTuple { get; init; } = true;

    /// <summary>How many receive predicates the NIC holds.</summary>
    public int ReceivePredicates { get; init; } = 16_384;

    /// <summary>How many masks they may have among them.</summary>
    public int ReceiveMasks { get; init; } = FilterTable.MaskLimit;

    /// <summary>Lowest rate of a queue's limiter (82599 driver: 10 Mb/s).</summary>
    public long LowestRateBitsPerSecond { get; init; } = 10_000_000;

    /// <summary>The link's rate, also the highest of a queue's limiter.</summary>
    public long LinkBitsPerSecond { get; init; } = 10_000_000_000;
}
