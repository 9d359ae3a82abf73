using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;

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
    private KernelState? state;

    private ExokernelKernel()
    {
    }

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

    private KernelState State => state
        ?? throw new InvalidOperationException("the kernel has not booted yet");

    /// <summary>
    /// Puts a kernel into a machine, as the child <c>kernel</c> of its root. Its cores and its
    /// NIC must stand in the machine before; environments come after it.
    /// </summary>
    public static ExokernelKernel Attach(
        Machine machine, Nic nic, ExokernelOptions options, MachineActor root)
    {
        var kernel = new ExokernelKernel();
        kernel.Actor = root.Add(
            "kernel", () => new ExokernelActor(machine, nic, options, kernel));
        return kernel;
    }

    /// <summary>What a message that was delivered to the kernel is about.</summary>
    public static KernelMessageKind KindOf(object message) => KernelMessages.KindOf(message);

    /// <summary>Whether this kernel has what an order is about.</summary>
    public static bool CanRevoke(RevocationOrder order) =>
        VisibleRevocations.ResourceOf(order.Resource) is not null;

    /// <summary>
    /// Checks that every frame has one owner, and that whatever is bound leads to a frame that
    /// somebody owns, in page tables as in the book. Returns frames checked.
    /// </summary>
    public long CheckFrames(List<string> findings)
    {
        var frames = 0L;
        var end = long.MinValue;
        foreach (var extent in State.Machine.Frames.Extents)
        {
            if (extent.FirstFrame < end)
                findings.Add($"{State.Machine.Name}: frame {extent.FirstFrame} has two owners");
            end = extent.EndFrame;
            if (extent.Owner == KernelState.FrameOwner)
                frames += extent.FrameCount;
            else if (extent.Owner != MemoryEffects.Environments)
                findings.Add($"{State.Machine.Name}: frame {extent.FirstFrame} is nobody's");
        }

        State.Regions.Check(findings);
        foreach (var environment in State.Environments.All)
            CheckRegisters(environment, findings);
        return frames + State.Environments.All.Sum(
            environment => environment.Memory.Check(findings));
    }

    private void CheckRegisters(EnvironmentRecord environment, List<string> findings)
    {
        var bound = new List<Binding>();
        State.Memory.Translation.Bindings.AddBindingsOf(environment.Number, bound);
        foreach (var binding in bound.Where(one => one.Kind == BindingKind.Register))
        {
            if (!State.Windows.LeadsToWindow(binding))
                findings.Add($"{environment.Description.Address} has a window of nobody's");
        }
    }

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
