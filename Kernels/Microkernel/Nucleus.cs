using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel;

/// <summary>
/// The microkernel of a machine, as the machine's composition holds it: for referees,
/// <c>inspect</c> and results. Domains reach it by messages only. (Nucleus is Brinch Hansen's
/// word for such a kernel: The nucleus of a multiprogramming system, CACM 1970.)
/// </summary>
public sealed class Nucleus
{
    /// <summary>Most IOMMU faults that are kept to be shown; later ones are counted.</summary>
    public const int FaultLimit = 256;

    private readonly List<IommuFault> faults = [];
    private readonly long[] refusedMessages = new long[Enum.GetValues<KernelResult>().Length];
    private KernelState? state;

    private Nucleus()
    {
    }

    /// <summary>The kernel's actor.</summary>
    public IslandActorRef Actor { get; private set; } = null!;

    /// <summary>The first faults that the IOMMU reported.</summary>
    public IReadOnlyList<IommuFault> Faults => faults;

    /// <summary>Faults that the IOMMU reported.</summary>
    public long FaultCount { get; private set; }

    /// <summary>Messages of domains that were gone when they arrived.</summary>
    public long StrayMessageCount { get; private set; }

    /// <summary>Messages of domains that the kernel did not take at all.</summary>
    public long RefusedOrderCount { get; private set; }

    /// <summary>What the kernel keeps, to be shown.</summary>
    public IInspectedKernel Inspected => new KernelInspection(State);

    /// <summary>All live capabilities, for who checks.</summary>
    public IEnumerable<Capability> Capabilities => State.Capabilities.Table.All();

    private KernelState State => state
        ?? throw new InvalidOperationException("the kernel has not booted yet");

    /// <summary>
    /// Puts a kernel into a machine, as the child <c>kernel</c> of its root. Its cores and its
    /// NIC must stand in the machine before; domains come after it.
    /// </summary>
    public static Nucleus Attach(
        Machine machine, Nic nic, NucleusOptions options, MachineActor root)
    {
        var nucleus = new Nucleus();
        nucleus.Actor = root.Add(
            "kernel", () => new NucleusActor(machine, nic, options, nucleus));
        return nucleus;
    }

    /// <summary>What a message that was delivered to the kernel is about.</summary>
    public static KernelMessageKind KindOf(object message) => message switch
    {
        NucleusProtocol.Trap { Registers.Call: KernelCall.Wait or KernelCall.Yield } =>
            KernelMessageKind.Scheduling,
        NucleusProtocol.Trap { Registers.Call: KernelCall.Exit } =>
            KernelMessageKind.LifeOrFault,
        Hardware.Cores.CoreProtocol.TimerInterrupt => KernelMessageKind.Scheduling,
        NucleusProtocol.WaitExpired or NucleusProtocol.DeferredTrap =>
            KernelMessageKind.Scheduling,
        NucleusProtocol.PageFault or NucleusProtocol.StartThread
            or Hardware.Devices.IommuFaultReport =>
            KernelMessageKind.LifeOrFault,
        Actors.Crossings.CrossingMessage { Kind: var kind }
            when kind == Actors.Crossings.CrossingKind.Operator => KernelMessageKind.Operator,
        _ => KernelMessageKind.DataPath,
    };

    /// <summary>Messages that were refused for a reason.</summary>
    public long RefusedMessageCount(KernelResult reason) => refusedMessages[(int)reason];

    /// <summary>
    /// Checks that no frame is in two extents, that none of an extent is the kernel's, and that
    /// every mapping leads where its capability says. Returns frames checked.
    /// </summary>
    public long CheckFrames(string machine, List<string> findings)
    {
        var live = new SortedDictionary<long, Memory.Extent>();
        foreach (var capability in Capabilities)
        {
            if (capability.Kind == CapabilityKind.Memory)
            {
                var extent = State.Objects.Extents[capability.Object];
                live[extent.FirstFrame] = extent;
            }
        }

        var frames = 0L;
        var end = long.MinValue;
        foreach (var extent in live.Values)
        {
            frames += extent.Pages;
            if (extent.FirstFrame < end)
                findings.Add($"{machine}: frame {extent.FirstFrame} is in two extents");
            end = extent.FirstFrame + extent.Pages;
            CheckOwner(machine, extent, findings);
        }

        foreach (var (slot, mapping) in State.Memory.Mappings)
        {
            for (var page = 0; page < mapping.Extent.Pages; page++)
            {
                if (!mapping.Domain.Space.LeadsTo(
                    mapping.VirtualPage + page, mapping.Extent.FirstFrame + page))
                {
                    findings.Add(
                        $"{machine}: {mapping.Domain.Address} maps capability {slot} to frames "
                        + "that it is not to");
                    break;
                }
            }
        }

        return frames;
    }

    /// <summary>Checks that every capability descends from a live one. Returns how many.</summary>
    public long CheckCapabilities(string machine, List<string> findings)
    {
        var count = 0L;
        foreach (var capability in Capabilities)
        {
            count++;
            if (!capability.IsParentLive)
            {
                findings.Add(
                    $"{machine}: capability {capability.Slot} descends from none that lives");
            }
        }

        return count;
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

    internal void RecordRefusedMessage(KernelResult reason) => refusedMessages[(int)reason]++;

    private void CheckOwner(string machine, Memory.Extent extent, List<string> findings)
    {
        if (extent.IsDevice)
            return;
        for (var page = 0; page < extent.Pages; page++)
        {
            if (!State.Machine.Frames.TryGetOwner(extent.FirstFrame + page, out var owner)
                || owner.Value != extent.Owner)
            {
                findings.Add(
                    $"{machine}: frame {extent.FirstFrame + page} is not domain "
                    + $"{extent.Owner}'s");
                return;
            }
        }
    }
}
