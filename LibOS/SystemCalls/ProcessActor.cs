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

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// A process of a monolithic kernel: a C library with its application, on one context. What comes
/// in are returns from system calls. A failure of the program is a crash of the process. The actor
/// stops when the kernel has ended the process, or has refused to start it.
/// </summary>
public sealed class ProcessActor : EmulatedActor
{
    private const int BufferPages = 1;
    private const int LibraryPages = 1;

    private readonly DomainEnvironment environment;
    private readonly TenantSettings settings;
    private readonly CorePlacement placement;
    private readonly CpuContext context;
    private readonly SystemCallGate gate;
    private readonly ProcessMemoryPort pages;
    private EmulatedTask program;
    private State state;

    /// <summary>Makes the process; it asks to be started.</summary>
    public ProcessActor(
        DomainEnvironment environment, TenantSettings settings, CorePlacement placement)
    {
        this.environment = environment;
        this.settings = settings;
        this.placement = placement;
        context = new CpuContext(Me, 0, environment.Costs, environment.Account)
        {
            Observer = environment.Requests,
        };
        gate = new SystemCallGate(context, environment.Kernel);
        pages = new ProcessMemoryPort(context, environment.Kernel, gate);
    }

    private enum State : byte
    {
        Starting,
        Running,
        Ended,
    }

    /// <summary>The process' context, for who watches charges.</summary>
    public CpuContext CpuContext => context;

    /// <inheritdoc/>
    protected override void PreStart() => Send(
        environment.Kernel,
        new MonolithicProtocol.StartProcess(
            new ProcessDescription
            {
                Address = environment.Address,
                Mac = environment.Mac,
                Ip = environment.Ip,
                Placement = placement,
                Pages = BufferPages + LibraryPages,
                RateLimitBitsPerSecond = settings.RateLimitBitsPerSecond,
            },
            context),
        NowPs);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case not MonolithicProtocol.Ended when context.State == ContextState.Finished:
                // The kernel has ended the process while this was on its way.
                break;
            case ContextResume:
                context.Resume(Word);
                break;
            case MonolithicProtocol.SystemCallReturn:
                gate.Returned(Word);
                break;
            case MonolithicProtocol.FaultReturn or MonolithicProtocol.Signal:
                pages.Returned((FaultVerdict)Word);
                break;
            case MonolithicProtocol.Started:
                Begin((ulong)Frame.AddressOf(Word));
                break;
            case MonolithicProtocol.Refused refused:
                environment.Readiness.Failed(environment.Address, refused.Reason);
                Context.Stop(Self);
                break;
            case MonolithicProtocol.Ended:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }

        if (state == State.Running && program.IsCompleted)
        {
            state = State.Ended;
            program.GetResult();
        }
    }

    /// <summary>The program begins when the process has a core and keeps it until then.</summary>
    private void Begin(ulong memory)
    {
        if (state != State.Starting || context.State != ContextState.Running)
            return;
        state = State.Running;
        program = Run(memory);
    }

    private async EmulatedTask Run(ulong firstAddress)
    {
        var memory = new DomainMemory(
            context, environment.Costs.Of(DeviceCosts.PciePostedWrite));
        var sockets = new ProcessSockets(
            gate, memory, firstAddress + (BufferPages * Frame.SizeBytes));
        var socket = new SystemCallSocket(
            sockets, environment.Ip, firstAddress, BufferPages * Frame.SizeBytes);
        environment.Readiness.Ready(environment.Address);
        await settings.Application.Run(new ApplicationHost(
            context, memory, socket, new ApplicationMemory(context, pages),
            new OperationLog(environment))
        {
            Entries = new ProcessEntries(context, environment.Kernel, gate, pages),
        });
        await gate.Call(SystemCallNumber.Exit);
    }
}
