using Disguise.Actors.Time;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Arrakis;

/// <summary>How an Arrakis kernel rules its machine.</summary>
public sealed record ArrakisOptions
{
    /// <summary>What happens when the virtual functions are all taken.</summary>
    public WhenFunctionsRunOut WhenFunctionsRunOut { get; init; }

    /// <summary>Virtual functions that it switches on at boot (NumVFs).</summary>
    public int VirtualFunctions { get; init; } = 64;

    /// <summary>Time slice of shared cores (Barrelfish: 80 ms).</summary>
    public long SlicePs { get; init; } = 80 * Picoseconds.PerMillisecond;

    /// <summary>Frames that the kernel keeps for page tables and its own records.</summary>
    public long KernelFrames { get; init; } = 1 << 16;

    /// <summary>Told of what the operator's orders led to.</summary>
    public IOperatorObserver? Operator { get; init; }
}
