using Disguise.Kernels.Microkernel.Interrupts;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// The objects that capabilities are to, by their numbers. An object that is gone has no
/// capability any more, so that no capability leads to who has its number next.
/// </summary>
/// <param name="limit">Most objects of each kind.</param>
internal sealed class KernelObjects(int limit)
{
    /// <summary>The endpoints.</summary>
    public ObjectTable<Endpoint> Endpoints { get; } = new(limit);

    /// <summary>The notifications.</summary>
    public ObjectTable<Notification> Notifications { get; } = new(limit);

    /// <summary>The threads.</summary>
    public ObjectTable<ThreadControlBlock> Threads { get; } = new(limit);

    /// <summary>The extents of memory.</summary>
    public ObjectTable<Extent> Extents { get; } = new(limit);

    /// <summary>The interrupts.</summary>
    public ObjectTable<DeviceInterrupt> Interrupts { get; } = new(limit);
}
