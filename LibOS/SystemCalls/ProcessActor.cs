using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Memory;
using Disguise.LibOS.SystemCalls.Communication;

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// A process of a monolithic kernel: a C library with its application, on one context. What comes
/// in are returns from system calls. A failure of the program is a crash of the process. The actor
/// stops when the kernel has ended the process, or has refused to start it.
/// </summary>
public sealed class ProcessActor : TenantActor
{
    private const int BufferPages = 1;
    private const int LibraryPages = 1;

    /// <summary>Where the library's own words for talking to others stand: behind what it tells the
    /// kernel about sockets.</summary>
    private const int LocalOffset = ((BufferPages + LibraryPages) * Frame.SizeBytes) - 64;

    private readonly CorePlacement placement;
    private readonly SystemCallGate gate;
    private readonly ProcessMemoryPort pages;
    private readonly ProcessChildren children;
    private ulong firstAddress;

    /// <summary>Makes the process; it asks to be started.</summary>
    public ProcessActor(
        DomainEnvironment environment, TenantSettings settings, CorePlacement placement)
        : this(environment, settings, placement, null)
    {
    }

    private ProcessActor(
        DomainEnvironment environment, TenantSettings settings, CorePlacement placement,
        IslandActorRef? parent)
        : base(environment, settings, parent)
    {
        this.placement = placement;
        gate = new SystemCallGate(CpuContext, environment.Kernel);
        pages = new ProcessMemoryPort(CpuContext, environment.Kernel, gate);
        children = new ProcessChildren(CpuContext, gate, SpawnChild);
    }

    /// <inheritdoc/>
    protected override void AskToStart() => Send(
        Environment.Kernel,
        new MonolithicProtocol.StartProcess(
            new ProcessDescription
            {
                Address = Environment.Address,
                Mac = Environment.Mac,
                Ip = Environment.Ip,
                Placement = placement,
                Pages = BufferPages + LibraryPages,
                RateLimitBitsPerSecond = Settings.RateLimitBitsPerSecond,
            },
            CpuContext),
        NowPs);

    /// <inheritdoc/>
    protected override bool IsOfTheEnd(object message) => message is MonolithicProtocol.Ended;

    /// <inheritdoc/>
    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case MonolithicProtocol.SystemCallReturn:
                gate.Returned(Word);
                break;
            case MonolithicProtocol.FaultReturn or MonolithicProtocol.Signal:
                pages.Returned((FaultVerdict)Word);
                break;
            case ChildMade made:
                children.Made((IslandActorRef)Sender, made.Context);
                break;
            case MonolithicProtocol.Started:
                firstAddress = (ulong)Frame.AddressOf(Word);
                TryBegin();
                break;
            case MonolithicProtocol.Refused refused:
                EndRefused(refused.Reason);
                break;
            case MonolithicProtocol.Ended:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override async EmulatedTask Run()
    {
        var memory = new DomainMemory(
            CpuContext, Environment.Costs.Of(DeviceCosts.PciePostedWrite));
        var sockets = new ProcessSockets(
            gate, memory, firstAddress + (BufferPages * Frame.SizeBytes));
        var socket = new SystemCallSocket(
            sockets, Environment.Ip, firstAddress, BufferPages * Frame.SizeBytes);
        if (!IsChild)
            Environment.Readiness.Ready(Environment.Address);
        var virtualMemory = new ApplicationMemory(CpuContext, pages);
        await Settings.Application.Run(new ApplicationHost(
            CpuContext, memory, socket, virtualMemory, new OperationLog(Environment))
        {
            Entries = new ProcessEntries(CpuContext, Environment.Kernel, gate, pages),
            Screen = new ProcessScreen(gate, virtualMemory),
            Children = children,
            Communication = new ProcessCommunication(
                gate, virtualMemory, firstAddress + LocalOffset),
        });
        await gate.Call(SystemCallNumber.Exit);
    }

    private void SpawnChild(IApplication program) => SpawnChild(
        () => new ProcessActor(
            Environment, Settings with { Application = program }, placement, Me));
}
