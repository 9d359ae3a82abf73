using Disguise.Actors.Dispatch;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Running;

/// <summary>
/// Counts messages where the dispatcher delivers them to a kernel. In the measured time requests
/// are under way throughout, so every message counts as on the data path that is neither an order
/// of the operator, nor scheduling (wake-ups, slice ends), nor a call of the control plane, nor the
/// end of a context or a device's report of a fault, which belong to no reply.
/// </summary>
internal sealed class KernelTraffic : IDeliveryObserver
{
    /// <summary>The kernel, who knows what its messages are about.</summary>
    public IKernelView Kernel { get; set; } = null!;

    public long OnDataPath { get; private set; }

    public long Scheduling { get; private set; }

    public long Operator { get; private set; }

    public long ControlPlane { get; private set; }

    public long LivesAndFaults { get; private set; }

    public void Delivered(object message, int from, long timePs)
    {
        switch (Kernel.KindOf(message))
        {
            case KernelMessageKind.Scheduling:
                Scheduling++;
                break;
            case KernelMessageKind.Operator:
                Operator++;
                break;
            case KernelMessageKind.ControlPlane:
                ControlPlane++;
                break;
            case KernelMessageKind.LifeOrFault:
                LivesAndFaults++;
                break;
            default:
                OnDataPath++;
                break;
        }
    }

    public void Clear()
    {
        OnDataPath = 0;
        Scheduling = 0;
        Operator = 0;
        ControlPlane = 0;
        LivesAndFaults = 0;
    }
}
