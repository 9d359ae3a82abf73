using Disguise.Actors.Dispatch;
using Disguise.Kernels.Abstractions;

namespace Disguise.Specification.Worlds;

/// <summary>Messages that were delivered to a kernel, by what they are about.</summary>
internal sealed class KernelMessages(IKernelView kernel) : IDeliveryObserver
{
    private readonly long[] counts = new long[
        Enum.GetValues<KernelMessageKind>().Length];

    /// <summary>All of them.</summary>
    public long Total { get; private set; }

    /// <summary>Those of a kind.</summary>
    public long CountOf(KernelMessageKind kind) => counts[(int)kind];

    public void Delivered(object message, int from, long timePs)
    {
        Total++;
        // A kind that there is not is beyond the array.
        counts[(int)kernel.KindOf(message)]++;
    }
}
