using Disguise.Actors.Crossings;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.ExOS.Ipc;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Native;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// An environment of an Exokernel: the library operating system ExOS with its application, on one
/// context. What comes in are upcalls, answers to calls and exceptions; what the program does in
/// between is plain code of one address space (Engler et al., SOSP 1995, section 6). A failure of
/// the program is a crash of the environment.
/// </summary>
public sealed class EnvironmentActor : EmulatedActor, IDoorbellSleep
{
    private readonly DomainEnvironment environment;
    private readonly TenantSettings settings;
    private readonly CorePlacement placement;
    private readonly CpuContext context;
    private readonly EnvironmentSetUp setUp;
    private readonly ProtectedEntry entry;
    private EmulatedTask program;
    private State state;

    /// <summary>Makes the environment; it asks to be started.</summary>
    public EnvironmentActor(
        DomainEnvironment environment, TenantSettings settings, CorePlacement placement)
    {
        this.environment = environment;
        this.settings = settings;
        this.placement = placement;
        context = new CpuContext(Me, 0, environment.Costs, environment.Account)
        {
            Observer = environment.Requests,
        };
        Gate = new KernelGate(context, environment.Kernel);
        entry = new ProtectedEntry(context, environment.Kernel);
        setUp = new EnvironmentSetUp(environment, settings, context, Gate, this);
    }

    private enum State : byte
    {
        Starting,
        Running,
        Ended,
    }

    /// <summary>The environment's context, for who watches charges.</summary>
    public CpuContext CpuContext => context;

    /// <summary>The network of the environment, for inspection; null before it is set up.
    /// </summary>
    public NativeLink? Network => setUp.Link;

    internal KernelGate Gate { get; }

    /// <inheritdoc/>
    protected override void PreStart() => Send(
        environment.Kernel,
        new ExokernelProtocol.StartEnvironment(
            new EnvironmentDescription
            {
                Address = environment.Address,
                Mac = environment.Mac,
                Ip = environment.Ip,
                Placement = placement,
            },
            context),
        NowPs);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case not ExokernelProtocol.Ended when context.State == ContextState.Finished:
                // The kernel has ended the environment while this was on its way.
                break;
            case ContextResume:
                context.Resume(Word);
                break;
            case ExokernelProtocol.Returned returned:
                if (!entry.Returned(returned.Result))
                    Gate.Returned(returned.Result);
                break;
            case ExokernelProtocol.Entered entered:
                entry.Entered(entered.Registers, (int)Word);
                break;
            case ExokernelProtocol.Came came:
                entry.Came(came.Registers);
                break;
            case ExokernelProtocol.ExceptionForwarded:
                Gate.Forwarded();
                break;
            case StoreAnswered:
                context.Answer();
                break;
            case ExokernelProtocol.SliceStarts:
                StartSlice();
                break;
            case ExokernelProtocol.SliceEnds:
                EndSlice();
                break;
            case ExokernelProtocol.ReturnRequested request:
                Answer(request);
                break;
            case ExokernelProtocol.Repossessed { Resource: RevocableResource.Network }:
                CloseNetwork();
                break;
            case MemoryProtocol.FramesRequested or MemoryProtocol.Emergency
                or MemoryProtocol.FramesTaken:
                // All its frames are in use by rings and buffers: it has none to spare, and what
                // is taken crashes it where it is touched next.
                break;
            case ExokernelProtocol.Repossessed:
                // What was taken is time: there is nothing to give up.
                break;
            case ExokernelProtocol.Refused refused:
                environment.Readiness.Failed(environment.Address, refused.Reason);
                Context.Stop(Self);
                break;
            case ExokernelProtocol.Ended:
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

    void IDoorbellSleep.BeforeBlock() =>
        Send(environment.Kernel, ExokernelProtocol.Sleep.Instance, context.ClockPs);

    /// <summary>The interrupt context, at the start of a slice: what was saved goes on.</summary>
    private void StartSlice()
    {
        if (state == State.Starting && context.State == ContextState.Running)
        {
            state = State.Running;
            program = Run();
        }
        else if (!entry.SliceStarted())
        {
            Gate.SliceStarted();
        }
    }

    /// <summary>The interrupt context, at the end of a slice: saves the context.</summary>
    private void EndSlice()
    {
        if (context.Core is not { } core)
            return;
        var savedPs = core.DoKernelWork(
            environment.Account, ExokernelCosts.ContextSave, 1, NowPs);
        Send(environment.Kernel, ExokernelProtocol.Saved.Instance, savedPs);
    }

    private async EmulatedTask Run()
    {
        if (await setUp.Run())
        {
            var memory = setUp.Memory;
            var pages = new ApplicationMemory(
                context, new EnvironmentMemoryPort(memory, Gate, Wait));
            await settings.Application.Run(new ApplicationHost(
                context, memory, setUp.Socket, pages, new OperationLog(environment))
            {
                Processor = new ProcessorTime(Gate),
                Communication = new Communication(context, memory, Gate, entry),
                Entries = new EnvironmentEntries(context, Gate, entry),
            });
        }

        await context.SyncBeforeSend();
        Send(environment.Kernel, ExokernelProtocol.Exit.Instance, context.ClockPs);
        await context.AwaitAnswer();
    }

    /// <summary>The library waits for its backing store, and keeps the core.</summary>
    private async EmulatedTask Wait(long durationPs)
    {
        await context.SyncBeforeSend();
        Send(Me, StoreAnswered.Instance, context.ClockPs + durationPs);
        await context.AwaitAnswer();
    }

    /// <summary>
    /// The library is asked to return something, and does as its setting says. What it has to give
    /// up it gives up before it says so.
    /// </summary>
    private void Answer(ExokernelProtocol.ReturnRequested request)
    {
        var isLate = settings.Revocation == RevocationAnswer.Late;
        var isHostile = settings.Revocation == RevocationAnswer.Hostile;
        if (settings.Revocation == RevocationAnswer.Ignore || (isLate && !request.IsImperative))
            return;
        if (context.Core is not { } core)
            return;
        // One's own name is not the neighbour's.
        var name = isHostile ? request.Name ^ 1 : request.Name;
        if (!isHostile && request.Resource == RevocableResource.Network)
            CloseNetwork();
        var answeredPs = core.DoKernelWork(
            environment.Account, ExokernelCosts.ContextSave, 1, NowPs);
        Send(
            environment.Kernel, new ExokernelProtocol.GiveBack(request.Resource, name),
            answeredPs);
    }

    /// <summary>
    /// The kernel took the binding. Whoever waits for a packet sees it now, or when it runs next.
    /// </summary>
    private void CloseNetwork()
    {
        if (setUp.Link is not { } link)
            return;
        link.Driver.Close();
        if (context.Core is not null && !context.EndPollEarly())
            context.Wake(NowPs);
    }
    /// <summary>The backing store has done what the library asked it for.</summary>
    private sealed record StoreAnswered : IInternalMessage
    {
        public static StoreAnswered Instance { get; } = new();
    }
}
