using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
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
public sealed class EnvironmentActor : TenantActor, IDoorbellSleep
{
    private readonly CorePlacement placement;
    private readonly EnvironmentSetUp setUp;
    private readonly ProtectedEntry entry;
    private EnvironmentScreen? screen;
    private readonly MemoryReturns returns;
    private int number;

    private readonly EnvironmentMemoryPort port;
    private readonly EnvironmentChildren children;
    private readonly ForkedSpace? forked;

    /// <summary>Makes the environment; it asks to be started.</summary>
    public EnvironmentActor(
        DomainEnvironment environment, TenantSettings settings, CorePlacement placement)
        : this(environment, settings, placement, null, null)
    {
    }

    private EnvironmentActor(
        DomainEnvironment environment, TenantSettings settings, CorePlacement placement,
        IslandActorRef? parent, ForkedSpace? forked)
        : base(environment, settings, parent)
    {
        this.placement = placement;
        this.forked = forked;
        Gate = new KernelGate(CpuContext, environment.Kernel);
        entry = new ProtectedEntry(CpuContext, environment.Kernel);
        returns = new MemoryReturns(Gate, CpuContext, environment.Kernel, settings.Revocation);
        setUp = new EnvironmentSetUp(environment, settings, CpuContext, Gate, this);
        port = new EnvironmentMemoryPort(setUp.Memory, Gate, WaitForStore, returns);
        children = new EnvironmentChildren(CpuContext, Gate, port, SpawnChild);
    }

    /// <summary>The network of the environment, for inspection; null before it is set up.
    /// </summary>
    public NativeLink? Network => setUp.Link;

    internal KernelGate Gate { get; }

    /// <inheritdoc/>
    protected override void AskToStart() => Send(
        Environment.Kernel,
        new ExokernelProtocol.StartEnvironment(
            new EnvironmentDescription
            {
                Address = Environment.Address,
                Mac = Environment.Mac,
                Ip = Environment.Ip,
                Placement = placement,
            },
            CpuContext),
        NowPs);

    /// <summary>A child's shares of frames go back to the pool that it has with its parent.
    /// </summary>
    protected override void PostStop() => LeaveFrames();

    /// <inheritdoc/>
    protected override bool IsOfTheEnd(object message) => message is ExokernelProtocol.Ended;

    /// <inheritdoc/>
    protected override void OnMessage(object message)
    {
        switch (message)
        {
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
            case ExokernelProtocol.SliceStarts:
                number = (int)(uint)Word;
                StartSlice();
                break;
            case ExokernelProtocol.SliceEnds:
                EndSlice();
                break;
            case ExokernelProtocol.ReturnRequested request:
                Answer(request);
                break;
            case ExokernelProtocol.Repossessed { Resource: RevocableResource.Network }:
                Close(setUp.Link);
                break;
            case ExokernelProtocol.Repossessed { Resource: RevocableResource.Window }:
                screen?.Close();
                break;
            case MemoryProtocol.FramesRequested asked:
                returns.Requested(asked);
                break;
            case MemoryProtocol.FramesTaken taken:
                returns.Taken(taken);
                break;
            case MemoryProtocol.Withdrawn:
                returns.Withdrawn();
                break;
            case MemoryReturns.PagesStored:
                returns.Stored();
                break;
            case MemoryProtocol.ReturnRefused:
                returns.Refused();
                break;
            case MemoryProtocol.Emergency:
                // Everything it has is guaranteed to it, and it keeps that.
                break;
            case ExokernelProtocol.Repossessed:
                // What was taken is time: there is nothing to give up.
                break;
            case ChildMade made:
                children.Made((IslandActorRef)Sender, made.Context);
                break;
            case ExokernelProtocol.Refused refused:
                EndRefused(refused.Reason);
                break;
            case ExokernelProtocol.Ended:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    void IDoorbellSleep.BeforeBlock() =>
        Send(Environment.Kernel, ExokernelProtocol.Sleep.Instance, CpuContext.ClockPs);

    /// <summary>The interrupt context, at the start of a slice: what was saved goes on.</summary>
    private void StartSlice()
    {
        if (!TryBegin() && !entry.SliceStarted())
            Gate.SliceStarted();
        returns.GoOn();
    }

    /// <summary>The interrupt context, at the end of a slice: saves the context.</summary>
    private void EndSlice()
    {
        if (CpuContext.Core is not { } core)
            return;
        var savedPs = core.DoKernelWork(
            Environment.Account, ExokernelCosts.ContextSave, 1, NowPs);
        Send(Environment.Kernel, ExokernelProtocol.Saved.Instance, savedPs);
    }

    /// <inheritdoc/>
    protected override async EmulatedTask Run()
    {
        if (forked is null ? await setUp.Run() : port.Begin(forked))
        {
            var memory = setUp.Memory;
            returns.Foreign = setUp.FrameBehind;
            var pages = new ApplicationMemory(CpuContext, port);
            await Settings.Application.Run(new ApplicationHost(
                CpuContext, memory, setUp.Socket, pages, new OperationLog(Environment))
            {
                Processor = new ProcessorTime(
                    Gate, new CriticalSection(CpuContext, memory, Gate)),
                Communication = new Communication(CpuContext, memory, Gate, entry),
                Entries = new EnvironmentEntries(CpuContext, Gate, entry),
                Translations = new ExposedTranslations(memory, Gate, () => number),
                Screen = screen = new EnvironmentScreen(CpuContext, memory, Gate),
                Children = children,
            });
        }

        LeaveFrames();

        await CpuContext.SyncBeforeSend();
        Send(Environment.Kernel, ExokernelProtocol.Exit.Instance, CpuContext.ClockPs);
        await CpuContext.AwaitAnswer();
    }

    private void SpawnChild(IApplication program, ForkedSpace space) => SpawnChild(
        () => new EnvironmentActor(
            Environment, Settings with { Application = program }, placement, Me, space));

    private void LeaveFrames()
    {
        forked?.Library?.Release();
        if (forked is not null)
            forked.Library = null;
    }

    /// <summary>
    /// The library is asked to return something, and does as its setting says. What it has to give
    /// up it gives up before it says so.
    /// </summary>
    private void Answer(ExokernelProtocol.ReturnRequested request)
    {
        var isLate = Settings.Revocation == RevocationAnswer.Late;
        var isHostile = Settings.Revocation == RevocationAnswer.Hostile;
        if (Settings.Revocation == RevocationAnswer.Ignore || (isLate && !request.IsImperative))
            return;
        if (CpuContext.Core is not { } core)
            return;
        // One's own name is not the neighbour's.
        var name = isHostile ? request.Name ^ 1 : request.Name;
        if (!isHostile && request.Resource == RevocableResource.Network)
            Close(setUp.Link);
        if (!isHostile && request.Resource == RevocableResource.Window)
            screen?.Close();
        var answeredPs = core.DoKernelWork(
            Environment.Account, ExokernelCosts.ContextSave, 1, NowPs);
        Send(
            Environment.Kernel, new ExokernelProtocol.GiveBack(request.Resource, name),
            answeredPs);
    }
}
