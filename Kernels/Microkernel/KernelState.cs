using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Interrupts;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel;

/// <summary>What the parts of the kernel share: its objects, its rules, its machine.</summary>
internal sealed class KernelState
{
    /// <summary>Takes a machine over.</summary>
    public KernelState(
        Machine machine, Nic nic, NucleusOptions options, IslandActorRef kernel)
    {
        Machine = machine;
        Nic = nic;
        Options = options;
        Kernel = kernel;
        Work = new KernelWork(machine);
        Memory = new MemoryEffects(machine);
        var random = machine.Island.Random.Fork("capabilities");
        Capabilities = new CapabilitySpaces(
            new CapabilityTable(
                new HandleTags(random.Next(), random.Next()), options.CapabilityLimit,
                machine.Guards),
            machine.Guards.IsOn(KernelGuards.Rights));
        Transfer = new MessageTransfer(
            machine.Memory, Capabilities, machine.Guards.IsOn(KernelGuards.MessageMemory));
        Ipc = new IpcMachine(Capabilities, Transfer);
        Objects = new KernelObjects(options.ObjectLimit);
        Removal = new CapabilityRemoval(Capabilities, Objects, Ipc);
        Scheduler = new ThreadScheduler(machine, kernel, Work, options.SlicePs);
        Vectors = new InterruptVectors(machine, kernel);
    }

    public Machine Machine { get; }

    public Nic Nic { get; }

    public NucleusOptions Options { get; }

    public IslandActorRef Kernel { get; }

    public KernelWork Work { get; }

    public MemoryEffects Memory { get; }

    public CapabilitySpaces Capabilities { get; }

    public MessageTransfer Transfer { get; }

    public IpcMachine Ipc { get; }

    public CapabilityRemoval Removal { get; }

    public ThreadScheduler Scheduler { get; }

    public InterruptVectors Vectors { get; }

    public KernelObjects Objects { get; }

    public DomainTable Domains { get; } = new();

    /// <summary>
    /// Takes a capability away with all that descends from it, and from memory and interrupts
    /// what it was to.
    /// </summary>
    public void Remove(int slot, bool keepsSelf, KernelResult why)
    {
        foreach (var capability in Removal.Remove(slot, keepsSelf, why))
            Follow(capability);
    }

    /// <summary>
    /// What follows from the removal of a capability. An object goes with the first capability to
    /// it, when all others are gone.
    /// </summary>
    private void Follow(in Capability removed)
    {
        var number = removed.Object;
        switch (removed.Kind)
        {
            case CapabilityKind.Endpoint:
                if (Objects.Endpoints[number].OriginSlot == removed.Slot)
                    Objects.Endpoints.Remove(number);
                break;
            case CapabilityKind.Notification:
                if (Objects.Notifications[number].OriginSlot == removed.Slot)
                    Objects.Notifications.Remove(number);
                break;
            case CapabilityKind.Memory:
                Memory.Unmap(removed.Slot);
                var extent = Objects.Extents[number];
                if (extent.OriginSlot != removed.Slot)
                    break;
                Memory.Free(extent);
                Objects.Extents.Remove(number);
                break;
            case CapabilityKind.Interrupt:
                var interrupt = Objects.Interrupts[number];
                interrupt.Notification = null;
                Vectors.Unbind(interrupt);
                Objects.Interrupts.Remove(number);
                break;
        }
    }

    /// <summary>Charges what was done to page tables since this was last asked.</summary>
    public long ChargeMemory(Hardware.Cores.Core core, long atPs)
    {
        atPs = Work.WritePages(core, Memory.TakePageCount(), atPs);
        return Work.InterruptCores(core, Memory.TakeShootdowns(core.Number), atPs);
    }
}
