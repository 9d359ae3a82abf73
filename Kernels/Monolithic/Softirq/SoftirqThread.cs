using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Monolithic.Scheduling;

namespace Disguise.Kernels.Monolithic.Softirq;

/// <summary>
/// <c>ksoftirqd</c> of a core: does the soft interrupt's work when there is so much of it that
/// processes would starve.
/// </summary>
internal sealed class SoftirqThread(
    int number, CpuContext context, int core, SoftirqMachine softirq)
    : KernelTask(number, context, core)
{
    /// <inheritdoc/>
    public override bool IsInKernel => true;

    /// <inheritdoc/>
    public override AddressSpace? Space => null;

    /// <inheritdoc/>
    public override void Continue() => softirq.StepInThread();

    /// <inheritdoc/>
    public override void Dispatched()
    {
    }
}
