using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Monolithic.Scheduling;

/// <summary>
/// What the scheduler runs: the task of a process, or a thread of the kernel. Work in the kernel
/// is done in steps, each at the context's own clock.
/// </summary>
internal abstract class KernelTask(int number, CpuContext context, int affinity) : IFairTask
{
    /// <summary>Affinity of a task that may run on any shared core.</summary>
    public const int AnyCore = -1;

    /// <inheritdoc/>
    public int Number { get; } = number;

    /// <summary>Its context.</summary>
    public CpuContext Context { get; } = context;

    /// <summary>The only core that it may run on, or <see cref="AnyCore"/>.</summary>
    public int Affinity { get; } = affinity;

    /// <summary>The core that it runs on or ran on last.</summary>
    public int Core { get; set; } = Math.Max(0, affinity);

    /// <inheritdoc/>
    public long RuntimePs { get; set; }

    /// <summary>Since when its runtime counts, while it runs.</summary>
    public long CountedPs { get; set; }

    /// <summary>Where it is.</summary>
    public TaskState State { get; set; }

    /// <summary>Counts its steps, so that one that was overtaken is ignored.</summary>
    public int Generation { get; set; }

    /// <summary>Whether it is in the kernel and goes on there when it has a core.</summary>
    public abstract bool IsInKernel { get; }

    /// <summary>Its address space; null for a thread of the kernel, which has none.</summary>
    public abstract AddressSpace? Space { get; }

    /// <summary>Goes on in the kernel; its context has a core and is in sync.</summary>
    public abstract void Continue();

    /// <summary>It has a core, for the first time or again, at its clock.</summary>
    public abstract void Dispatched();
}
