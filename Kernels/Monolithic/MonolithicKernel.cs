using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic.Processes;

namespace Disguise.Kernels.Monolithic;

/// <summary>
/// The monolithic kernel of a machine, as the machine's composition holds it: for referees,
/// <c>inspect</c> and results. Processes reach it by system calls only.
/// </summary>
public sealed class MonolithicKernel
{
    private KernelServices? services;

    private MonolithicKernel()
    {
    }

    /// <summary>The kernel's actor.</summary>
    public IslandActorRef Actor { get; private set; } = null!;

    /// <summary>Faults that the IOMMU reported.</summary>
    public long FaultCount { get; private set; }

    /// <summary>The fault that was reported last.</summary>
    public IommuFault? LastFault { get; private set; }

    /// <summary>Calls of processes that are gone, or from another's context.</summary>
    public long StrayMessageCount { get; private set; }

    /// <summary>Processes that live.</summary>
    public int ProcessCount => Services.Processes.All.Count(process => process is not null);

    /// <summary>Frames from the rings to the processes.</summary>
    public PacketCounters Received => Services.Network.Received;

    /// <summary>Packets from the processes to the rings.</summary>
    public PacketCounters Transmitted => Services.Network.Transmitted;

    /// <summary>Times that a thread took a core's soft interrupt over.</summary>
    public long SoftirqHandOverCount =>
        Services.Scheduler.Cores.Sum(core => core.Softirq.HandOverCount);

    /// <summary>Packet buffers that queues of the kernel hold.</summary>
    public int HeldBufferCount => Services.Network.Queues.Sum(queue => queue.HeldCount);

    private KernelServices Services => services
        ?? throw new InvalidOperationException("the kernel has not booted yet");

    /// <summary>
    /// Puts a kernel into a machine, as the child <c>kernel</c> of its root. Its cores and its
    /// NIC must stand in the machine before; processes come after it.
    /// </summary>
    public static MonolithicKernel Attach(
        Machine machine, Nic nic, MonolithicOptions options, MachineActor root)
    {
        var kernel = new MonolithicKernel();
        kernel.Actor = root.Add(
            "kernel", () => new MonolithicKernelActor(machine, nic, options, kernel));
        return kernel;
    }

    /// <summary>What a message to the kernel is about.</summary>
    public static KernelMessageKind KindOf(object message) => KernelMessages.KindOf(message);

    /// <summary>
    /// Checks that the frames of each process are its own by the machine's record, that its pages
    /// lead to them and nowhere else, and that none is another's. Returns frames checked.
    /// </summary>
    public long CheckFrames(List<string> findings)
    {
        var seen = new SortedSet<long>();
        foreach (var process in Services.Processes.All)
        {
            if (process is not null)
                Check(process, seen, findings);
        }

        return seen.Count + Services.Machine.Frames.ExtentsOf(KernelMemory.Tables)
            .Concat(Services.Machine.Frames.ExtentsOf(KernelMemory.Buffers))
            .Concat(Services.Machine.Frames.ExtentsOf(KernelMemory.Pages))
            .Sum(extent => extent.FrameCount);
    }

    internal void Booted(KernelServices booted) => services = booted;

    internal void RecordFault(IommuFault fault)
    {
        FaultCount++;
        LastFault = fault;
    }

    internal void RecordStray() => StrayMessageCount++;

    private void Check(Process process, SortedSet<long> seen, List<string> findings)
    {
        var image = process.Image;
        process.Memory?.Check(process.Description.Address, findings);
        for (var page = 0; page < image.Pages; page++)
        {
            var frame = image.FrameOf(ProcessImage.FirstPage + page);
            var isOwned = Services.Machine.Frames.TryGetOwner(frame, out var owner)
                && owner == image.Owner;
            if (frame != image.FirstFrame + page || !isOwned)
            {
                findings.Add(
                    $"{process.Description.Address}: page {page} leads to frame {frame}, which "
                    + "is not its own");
            }

            if (!seen.Add(frame))
                findings.Add($"{process.Description.Address}: frame {frame} is another's too");
        }
    }
}
