using Disguise.Kernels.Microkernel.Interrupts;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// The objects that capabilities are to, by their numbers. Numbers are not reused; an object that
/// is gone has no capability any more.
/// </summary>
internal sealed class KernelObjects
{
    /// <summary>All endpoints ever made.</summary>
    public List<Endpoint> Endpoints { get; } = [];

    /// <summary>All notifications.</summary>
    public List<Notification> Notifications { get; } = [];

    /// <summary>All threads.</summary>
    public List<ThreadControlBlock> Threads { get; } = [];

    /// <summary>All extents of memory.</summary>
    public List<Extent> Extents { get; } = [];

    /// <summary>All interrupts.</summary>
    public List<DeviceInterrupt> Interrupts { get; } = [];

    /// <summary>Adds an endpoint that a domain receives at.</summary>
    public Endpoint AddEndpoint(int owner)
    {
        var endpoint = new Endpoint(Endpoints.Count, owner);
        Endpoints.Add(endpoint);
        return endpoint;
    }
}
