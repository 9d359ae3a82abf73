using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Interrupts;

/// <summary>Which vectors of which cores devices raise, and which the kernel itself.</summary>
internal sealed class InterruptVectors
{
    /// <summary>The event by which a core is told to look at its queue of ready threads.</summary>
    public const long RescheduleEvent = 0xFF_FFFF_FFFF;

    private const int FirstVector = ThreadScheduler.RescheduleVector + 1;

    private readonly Machine machine;
    private readonly IslandActorRef kernel;

    /// <summary>Binds the kernel's own vector of every core.</summary>
    public InterruptVectors(Machine machine, IslandActorRef kernel)
    {
        this.machine = machine;
        this.kernel = kernel;
        foreach (var core in machine.Cores)
        {
            core.Bind(
                ThreadScheduler.RescheduleVector,
                new VectorBinding(kernel, null, RescheduleEvent));
        }
    }

    /// <summary>A free vector of a core, or -1 where it has none left.</summary>
    public int FreeOn(int core)
    {
        for (var vector = FirstVector; vector < Core.VectorCount; vector++)
        {
            if (machine.Cores[core].BindingOf(vector).Kernel is null)
                return vector;
        }

        return -1;
    }

    /// <summary>Binds a free vector of a core to an interrupt, by its name.</summary>
    public void Bind(int core, int vector, uint interrupt) =>
        machine.Cores[core].Bind(vector, new VectorBinding(kernel, null, interrupt));

    /// <summary>Nobody is there for an interrupt any more.</summary>
    public void Unbind(DeviceInterrupt interrupt) =>
        machine.Cores[interrupt.Core].Bind(interrupt.Vector, default);
}
