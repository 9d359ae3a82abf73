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

    /// <summary>
    /// Cards that a dedicated core emulates at most when the virtual functions are taken; with 0
    /// no core is dedicated.
    /// </summary>
    public int SoftwareCards { get; init; }

    /// <summary>Time slice of shared cores (Barrelfish: 80 ms).</summary>
    public long SlicePs { get; init; } = 80 * Picoseconds.PerMillisecond;

    /// <summary>Frames that the kernel keeps for page tables: at most a quarter of all.</summary>
    public long KernelFrames { get; init; } = 1 << 16;

    /// <summary>Frames that the page tables of one container may take.</summary>
    public long TableFramesPerContainer { get; init; } = 1 << 12;

    /// <summary>Told of what the operator's orders led to.</summary>
    public IOperatorObserver? Operator { get; init; }

    /// <summary>Told of every call of the control plane.</summary>
    public IControlCallObserver? Calls { get; init; }

    /// <summary>Offered the events of every decision.</summary>
    public IControlPlaneJournal? Journal { get; init; }
}
