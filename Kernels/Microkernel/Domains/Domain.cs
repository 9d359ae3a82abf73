using Disguise.Actors.Dispatch;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// A protection domain as the kernel sees it: an address space, threads, and the capabilities
/// that are held under its number.
/// </summary>
/// <param name="number">Its number, from 1; the kernel itself holds as 0.</param>
/// <param name="address">Its address, for people.</param>
/// <param name="space">Its address space; none in tests of the rules alone.</param>
internal sealed class Domain(int number, string address, DomainSpace? space)
{
    /// <summary>Most threads of a domain.</summary>
    public const int ThreadLimit = 256;

    /// <summary>Its number, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Its address, for people.</summary>
    public string Address { get; } = address;

    /// <summary>Its address space.</summary>
    public DomainSpace Space => space
        ?? throw new InvalidOperationException($"domain {Number} has no address space");

    /// <summary>Its actor, once that has started.</summary>
    public IslandActorRef? Actor { get; set; }

    /// <summary>The threads that may be started, by number.</summary>
    public IReadOnlyList<ThreadPlace> Places { get; init; } = [];

    /// <summary>Its threads, by number; none where that has not started.</summary>
    public ThreadControlBlock?[] Threads { get; init; } = [];

    /// <summary>The notifications of its threads.</summary>
    public IReadOnlyList<Notification> Notifications { get; set; } = [];

    /// <summary>The endpoints at which its threads receive.</summary>
    public IReadOnlyList<Handle> Endpoints { get; set; } = [];

    /// <summary>The capabilities by which it reaches its servers.</summary>
    public IReadOnlyList<Handle> Links { get; set; } = [];

    /// <summary>Whether the network interface card walks its page table.</summary>
    public bool DrivesNetworkCard { get; init; }
}
