using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Exokernel.Windows;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel;

/// <summary>What the parts of the kernel share: its books, its machine.</summary>
internal sealed class KernelState
{
    /// <summary>Takes a machine over.</summary>
    public KernelState(
        Machine machine, Nic nic, ExokernelOptions options, IslandActorRef kernel)
    {
        Machine = machine;
        Nic = nic;
        Options = options;
        Kernel = kernel;
        Work = new KernelWork(machine);
        Memory = new MemoryEffects(machine, options, Work);
        Environments = new EnvironmentTable(options.EnvironmentLimit);
        Processor = new EnvironmentScheduler(this);
        Sleepers = new Sleepers(this);
        Regions = new RegionCalls(this);
        Sections = new Sections(this);
        Memory.Leaving = Leave;
        Memory.Opening = Open;
        Memory.Translation.IsWithdrawn = Regions.IsWithdrawn;
        Lives = new EnvironmentLives(this);
        Calls = new KernelCalls(this);
        Exceptions = new ExceptionForwarding(this);
        Revocations = new VisibleRevocations(this);
        MemoryRevocations = new MemoryRevocations(this);
        var tables = new OwnedTableFrames(machine.Frames, machine.Memory, FrameOwner);
        Network = new NetworkBindings(
            this, new VirtualFunctions(machine, nic, kernel, tables, options.VirtualFunctions),
            options.VirtualFunctions);
        Windows = new WindowBindings(this);
    }

    /// <summary>Owner of the frames that the kernel keeps for itself.</summary>
    public static OwnerId FrameOwner => new(0);

    public Machine Machine { get; }

    public Nic Nic { get; }

    public ExokernelOptions Options { get; }

    public IslandActorRef Kernel { get; }

    public KernelWork Work { get; }

    public MemoryEffects Memory { get; }

    public EnvironmentTable Environments { get; }

    public EnvironmentScheduler Processor { get; }

    /// <summary>What environments sleep for.</summary>
    public Sleepers Sleepers { get; }

    /// <summary>Memory that is reached by calls only.</summary>
    public RegionCalls Regions { get; }

    /// <summary>Environments that are not to be interrupted.</summary>
    public Sections Sections { get; }

    public EnvironmentLives Lives { get; }

    public KernelCalls Calls { get; }

    public ExceptionForwarding Exceptions { get; }

    public VisibleRevocations Revocations { get; }

    public MemoryRevocations MemoryRevocations { get; }

    public NetworkBindings Network { get; }

    /// <summary>Bindings of the screen.</summary>
    public WindowBindings Windows { get; }

    /// <summary>Has the kernel told when an actor is no more.</summary>
    public Action<IslandActorRef> Watch { get; init; } = _ => { };

    public long NowPs => Machine.Island.NowPs;

    /// <summary>
    /// Charges what was bound and broken since the last time, interrupts to other cores included.
    /// </summary>
    public long Settle(Core core, long atPs)
    {
        var count = Memory.TakePageCount();
        atPs = Memory.IsRefilledBySoftware
            ? Work.WriteTlb(core, count, atPs)
            : Work.WritePages(core, count, atPs);
        return Work.InterruptCores(core, Memory.TakeShootdowns(core.Number), atPs);
    }

    /// <summary>Sends to an environment.</summary>
    public void Tell(EnvironmentRecord environment, object message, long atPs, long word = 0) =>
        Machine.Island.Schedule(atPs, environment.Actor, message, Kernel, word);

    /// <summary>A frame is about to be freed, or taken.</summary>
    private void Leave(long frame)
    {
        Open(frame);
        Sections.Break(frame, NowPs);
    }

    /// <summary>A frame's capabilities change.</summary>
    private void Open(long frame)
    {
        Sleepers.Break(frame);
        Regions.Break(frame);
    }
}
