using Disguise.Hardware.Cores;
using Disguise.Kernels.Monolithic.Softirq;

namespace Disguise.Kernels.Monolithic.Scheduling;

/// <summary>What the kernel knows of one core.</summary>
internal sealed class CoreState(Core core)
{
    /// <summary>The core.</summary>
    public Core Core { get; } = core;

    /// <summary>Number of the core.</summary>
    public int Number => Core.Number;

    /// <summary>Who waits for it.</summary>
    public FairRunQueue<KernelTask> Queue { get; } = new();

    /// <summary>Who runs on it, or none.</summary>
    public KernelTask? Running { get; set; }

    /// <summary>Its soft interrupt.</summary>
    public SoftirqMachine Softirq { get; set; } = null!;

    /// <summary>Its timer.</summary>
    public CoreTimer Timer { get; } = new(core);

    /// <summary>Whether it is one tenant's own.</summary>
    public bool IsOwned { get; set; }

    /// <summary>Tasks that may run nowhere else.</summary>
    public int PinnedCount { get; set; }

    /// <summary>Whether somebody else should run on it as soon as may be.</summary>
    public bool NeedsReschedule { get; set; }

    /// <summary>Whether nothing ran on it until what it does now.</summary>
    public bool IsIdle { get; set; } = true;

    /// <summary>Whether it was idle when the interrupt came whose first packet is due.</summary>
    public bool IsAfterIdle { get; set; }

    /// <summary>Since when who runs has its slice.</summary>
    public long SliceStartPs { get; set; }
}
