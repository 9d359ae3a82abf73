using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Domains;

namespace Disguise.LibOS.Composition;

/// <summary>
/// An operating-system architecture: puts a kernel and its tenants into a machine that has its
/// cores and its NIC. Made once, it serves any number of machines and keeps nothing of them.
/// </summary>
public interface IArchitecture
{
    /// <summary>The name in experiments and results: <c>[a-z][a-z0-9-]*</c>.</summary>
    string Name { get; }

    /// <summary>The interfaces that applications can have; the first is the default where an
    /// experiment asks for one that is not there.</summary>
    IReadOnlyList<TenantInterface> Interfaces { get; }

    /// <summary>
    /// Whether a tenant's library can poll a ring that is mapped into it. Where it can not, every
    /// policy of waiting waits in the kernel.
    /// </summary>
    bool CanPoll { get; }

    /// <summary>
    /// Whether it gives tenants virtual functions of the card, whose DMA an IOMMU confines: a
    /// platform without them cannot run it.
    /// </summary>
    bool NeedsVirtualFunctions => false;

    /// <summary>Why a program cannot fork under it, in words that follow "fork: "; null where it
    /// can.</summary>
    string? NoFork => "nobody implements it";

    /// <summary>
    /// Whether it lets tenants draw on a display: a machine that has one cannot run it otherwise.
    /// </summary>
    bool DrawsOnDisplays => false;

    /// <summary>
    /// Operations of <c>call-bench</c> and <c>ipc-bench</c> that there are under it: a program that
    /// measures another cannot run.
    /// </summary>
    IReadOnlyList<string> MeasuredOperations => [];

    /// <summary>
    /// Puts the kernel and the tenants into a machine; called while the machine's actor is made.
    /// </summary>
    IKernelView Install(MachinePlan plan);
}
