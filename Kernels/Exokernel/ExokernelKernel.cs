using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// The Exokernel of a machine, as the machine's composition holds it: for referees,
/// <c>inspect</c> and results. Environments reach it by messages only.
/// </summary>
public sealed class ExokernelKernel
{
    /// <summary>Most IOMMU faults that are kept to be shown; later ones are counted.</summary>
    public const int FaultLimit = 256;

    private readonly List<IommuFault> faults = [];
    private readonly int environmentLimit;
    private KernelState? state;

    private ExokernelKernel(int environmentLimit) => this.environmentLimit = environmentLimit;

    /// <summary>The kernel's actor.</summary>
    public IslandActorRef Actor { get; private set; } = null!;

    /// <summary>The first faults that the IOMMU reported.</summary>
    public IReadOnlyList<IommuFault> Faults => faults;

    /// <summary>Faults that the IOMMU reported.</summary>
    public long FaultCount { get; private set; }

    /// <summary>Messages of environments that were gone when they arrived.</summary>
    public long StrayMessageCount { get; private set; }

    /// <summary>Messages of environments that the kernel did not take.</summary>
    public long RefusedOrderCount { get; private set; }

    /// <summary>Environments that there are.</summary>
    public int EnvironmentCount => State.Environments.All.Count();

    /// <summary>What its secure bindings were checked for and used, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> BindingCounts => SecureBindings.Of(State);

    /// <summary>
    /// Frames that the kernel itself received and sent, where environments share a card.
    /// </summary>
    public IReadOnlyList<PacketCounters> PacketCounters =>
        state?.Network.Card is { } card ? [card.Received, card.Transmitted] : [];

    /// <summary>What the kernel keeps, to be shown.</summary>
    public IInspectedKernel Inspected => new KernelInspection(State);

    internal KernelState State => state
        ?? throw new InvalidOperationException("the kernel has not booted yet");

    /// <summary>
    /// Puts a kernel into a machine, as the child <c>kernel</c> of its root. Its cores and its
    /// NIC must stand in the machine before; environments come after it.
    /// </summary>
    public static ExokernelKernel Attach(
        Machine machine, Nic nic, ExokernelOptions options, MachineActor root)
    {
        var kernel = new ExokernelKernel(options.EnvironmentLimit);
        kernel.Actor = root.Add(
            "kernel", () => new ExokernelActor(machine, nic, options, kernel));
        return kernel;
    }

    /// <summary>What a message that was delivered to the kernel is about.</summary>
    public KernelMessageKind KindOf(object message) =>
        KernelMessages.KindOf(message, Actor.Island.Word, environmentLimit);

    /// <summary>Address of the environment that has the first slice of a core; null for none.
    /// </summary>
    public string? HolderOf(int core) =>
        State.Environments.ByNumber(State.Processor.HolderOf(core))?.Description.Address;

    /// <summary>Whether this kernel has what an order is about.</summary>
    public static bool CanRevoke(RevocationOrder order) =>
        VisibleRevocations.ResourceOf(order.Resource) is not null;

    /// <summary>
    /// Checks that every frame has one owner, and that whatever leads to it, a page table, a TLB,
    /// the IOMMU, was bound. Returns frames checked.
    /// </summary>
    public long CheckFrames(List<string> findings)
    {
        State.Regions.Check(findings);
        return new MemoryAudit(State, findings).CheckFrames();
    }

    /// <summary>
    /// Checks that every credential is dominated by the first one of an environment that there is
    /// or was, and that somebody controls every page. Returns how many capabilities there are.
    /// </summary>
    public long CheckCapabilities(List<string> findings) =>
        new CapabilityAudit(State, findings).Check();

    internal void Booted(KernelState booted) => state = booted;

    internal void RecordFault(IommuFault fault)
    {
        FaultCount++;
        if (faults.Count < FaultLimit)
            faults.Add(fault);
    }

    internal void RecordStray() => StrayMessageCount++;

    internal void RecordRefusedOrder() => RefusedOrderCount++;
}
