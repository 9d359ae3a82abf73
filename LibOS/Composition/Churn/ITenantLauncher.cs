using Disguise.Actors.Dispatch;
using Disguise.Kernels.Abstractions;

namespace Disguise.LibOS.Composition.Churn;

/// <summary>
/// The kernel view of an architecture under which tenants can come and go while the machine runs.
/// What <see cref="IArchitecture.Install"/> gives is one where the architecture can do that. Both
/// methods run in the machine's actor, within the island's order, so that what they do is the
/// same for any number of threads and nodes.
/// </summary>
public interface ITenantLauncher : IKernelView
{
    /// <summary>
    /// Starts a tenant, as <see cref="IArchitecture.Install"/> does those from the start: it asks
    /// the kernel for all it needs, and says by the machine plan's readiness what came of it. No
    /// tenant of that address is there. Gives the actor whose end is the tenant's: it stops when
    /// the kernel has taken back all that the tenant had (frames, capabilities, addresses, filters,
    /// queues, cores), when the tenant was refused, or when it has crashed and was cleared away.
    /// </summary>
    IslandActorRef Start(TenantPlan tenant);

    /// <summary>
    /// Orders the end of a tenant that has not stopped, whatever it does at the moment: sends the
    /// architecture's own order at the island's time. What was under way to it is dropped with a
    /// reason; the actor stops when everything has been given back.
    /// </summary>
    /// <param name="tenant">What <see cref="Start"/> gave.</param>
    /// <param name="root">The machine's actor: who sends the order.</param>
    void Stop(IslandActorRef tenant, IslandActorRef root);
}
