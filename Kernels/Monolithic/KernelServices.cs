using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Monolithic.Execution;
using Disguise.Kernels.Monolithic.Memory;
using Disguise.Kernels.Monolithic.Network;
using Disguise.Kernels.Monolithic.Pipes;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.Scheduling;
using Disguise.Kernels.Monolithic.SystemCalls;

namespace Disguise.Kernels.Monolithic;

/// <summary>The parts of the kernel: they share one address space and call one another.</summary>
internal sealed class KernelServices
{
    public KernelServices(
        Machine machine, IslandActorRef actor, Hardware.Nic.Nic nic, MonolithicOptions options)
    {
        Machine = machine;
        Actor = actor;
        Options = options;
        Execution = new KernelExecution(machine, actor);
        Scheduler = new FairScheduler(machine, actor, Execution, options);
        Network = new NetworkState { Requests = machine.Requests };
        Receive = new ReceivePath(Network, Execution, Scheduler);
        Transmit = new TransmitPath(Network, Execution, Scheduler);
        Memory = new KernelMemory(machine);
        Device = new PhysicalDevice(this, nic);
        Processes = new ProcessTable();
        Lives = new ProcessLives(this);
        Paging = new Paging(machine, options);
        Faults = new FaultHandling(this);
        Local = new LocalCommunication(this);
        SystemCalls = new SystemCallTable(this);
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>The kernel's actor.</summary>
    public IslandActorRef Actor { get; }

    /// <summary>How it is set up.</summary>
    public MonolithicOptions Options { get; }

    /// <summary>Where the kernel works just now.</summary>
    public KernelExecution Execution { get; }

    /// <summary>Who runs.</summary>
    public FairScheduler Scheduler { get; }

    /// <summary>Queue pairs and namespaces.</summary>
    public NetworkState Network { get; }

    /// <summary>From the rings to the sockets.</summary>
    public ReceivePath Receive { get; }

    /// <summary>From the sockets to the rings.</summary>
    public TransmitPath Transmit { get; }

    /// <summary>Frames and page tables.</summary>
    public KernelMemory Memory { get; }

    /// <summary>What all processes' pages share.</summary>
    public Paging Paging { get; }

    /// <summary>What becomes of page faults.</summary>
    public FaultHandling Faults { get; }

    /// <summary>By what processes of this machine talk.</summary>
    public LocalCommunication Local { get; }

    /// <summary>Has the kernel told when an actor is no more.</summary>
    public Action<IslandActorRef> Watch { get; init; } = _ => { };

    /// <summary>The NIC.</summary>
    public PhysicalDevice Device { get; }

    /// <summary>The processes.</summary>
    public ProcessTable Processes { get; }

    /// <summary>How they begin and end.</summary>
    public ProcessLives Lives { get; }

    /// <summary>What they call.</summary>
    public SystemCallTable SystemCalls { get; }

    /// <summary>The island's time.</summary>
    public long NowPs => Machine.Island.NowPs;

    /// <summary>A core's soft interrupt goes on when its work's time has passed.</summary>
    public void StepAtClock(CoreState core) => Machine.Island.Schedule(
        Execution.ClockPs, Actor, MonolithicProtocol.SoftirqStep.Instance, Actor, core.Number);

    /// <summary>A core looks whom to run when the work's time has passed.</summary>
    public void RescheduleAtClock(CoreState core) => Machine.Island.Schedule(
        Execution.ClockPs, Actor, MonolithicProtocol.Reschedule.Instance, Actor, core.Number);
}
