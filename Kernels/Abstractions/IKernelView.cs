using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions.Inspection;

namespace Disguise.Kernels.Abstractions;

/// <summary>What the outside may know and order of a kernel, whatever its architecture.</summary>
public interface IKernelView
{
    /// <summary>The kernel's actor.</summary>
    IslandActorRef Actor { get; }

    /// <summary>Accounts of servers and others that neither a tenant nor the kernel has.</summary>
    IReadOnlyList<LedgerAccount> ServerAccounts { get; }

    /// <summary>
    /// Frames through what the kernel and its servers hold in software: queues of sockets, stacks,
    /// queueing disciplines. Each balances, with reasons for what it dropped.
    /// </summary>
    IReadOnlyList<PacketCounters> SoftwareCounters { get; }

    /// <summary>
    /// How often secure bindings were checked and used since the machine booted, by name; null
    /// where there are none.
    /// </summary>
    IReadOnlyList<KeyValuePair<string, long>>? SecureBindings => null;

    /// <summary>What the kernel keeps, to be shown; null where it shows nothing.</summary>
    IInspectedKernel? Inspected => null;

    /// <summary>
    /// Address of the tenant that has the first slice of a core's time; null where time is not
    /// given out in slices that tenants know of, or nobody has one.
    /// </summary>
    string? HolderOf(int core) => null;

    /// <summary>What a message that was delivered to the kernel is about.</summary>
    KernelMessageKind KindOf(object message);

    /// <summary>Checks that no frame of memory has two owners. Returns frames checked.</summary>
    long CheckFrames(List<string> findings);

    /// <summary>Checks that every capability descends from a live one. Returns how many; 0 where
    /// there are no capabilities.</summary>
    long CheckCapabilities(List<string> findings);

    /// <summary>
    /// Orders that something be taken back from a tenant at a time to come; the machine's island
    /// must be entered. The observer is told what came of it. False where this kernel has nothing
    /// of the kind to take; nothing happens then. A kernel that cannot ask takes by force.
    /// </summary>
    bool Revoke(RevocationOrder order);
}
