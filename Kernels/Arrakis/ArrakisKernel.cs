using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// The Arrakis kernel of a machine, as the machine's composition holds it: for referees,
/// <c>inspect</c> and results. Tenants reach it by messages only.
/// </summary>
public sealed class ArrakisKernel
{
    /// <summary>Most IOMMU faults that are kept to be shown; later ones are counted.</summary>
    public const int FaultLimit = 256;

    /// <summary>Owner of the frames that the kernel keeps for page tables.</summary>
    public static OwnerId FrameOwner => KernelBoot.Kernel;

    private readonly List<IommuFault> faults = [];
    private ArrakisControlPlane? controlPlane;
    private RefusalTally? refusals;

    private ArrakisKernel()
    {
    }

    /// <summary>The kernel's actor.</summary>
    public IslandActorRef Actor { get; private set; } = null!;

    /// <summary>The control plane; there when the kernel has booted.</summary>
    public ArrakisControlPlane ControlPlane => controlPlane
        ?? throw new InvalidOperationException("the kernel has not booted yet");

    /// <summary>Refusals by reason.</summary>
    public RefusalTally Refusals => refusals
        ?? throw new InvalidOperationException("the kernel has not booted yet");

    /// <summary>What the kernel keeps, to be shown; there when it has booted.</summary>
    public IInspectedKernel? Inspected { get; private set; }

    /// <summary>The first faults that the IOMMU reported.</summary>
    public IReadOnlyList<IommuFault> Faults => faults;

    /// <summary>Faults that the IOMMU reported.</summary>
    public long FaultCount { get; private set; }

    /// <summary>Messages of domains that were gone when they arrived.</summary>
    public long StrayMessageCount { get; private set; }

    /// <summary>
    /// Messages of domains that the kernel did not take: no system calls (guard
    /// <c>kernel-orders</c>), or one context more than a container may have.
    /// </summary>
    public long RefusedOrderCount { get; private set; }

    /// <summary>
    /// Puts a kernel into a machine, as the child <c>kernel</c> of its root. Its cores and its
    /// NIC must stand in the machine before; containers come after it.
    /// </summary>
    public static ArrakisKernel Attach(
        Machine machine, Nic nic, ArrakisOptions options, MachineActor root)
    {
        var kernel = new ArrakisKernel();
        kernel.Actor = root.Add(
            "kernel", () => new ArrakisKernelActor(machine, nic, options, kernel));
        return kernel;
    }

    internal void Booted(KernelServices services, IInspectedKernel inspected)
    {
        Inspected = inspected;
        controlPlane = services.ControlPlane;
        refusals = services.Refusals;
    }

    internal void RecordFault(IommuFault fault)
    {
        FaultCount++;
        if (faults.Count < FaultLimit)
            faults.Add(fault);
    }

    internal void RecordStray() => StrayMessageCount++;

    internal void RecordRefusedOrder() => RefusedOrderCount++;
}
