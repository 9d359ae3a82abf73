using Disguise.Actors.Crossings;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Domains;

/// <summary>
/// A protection domain of an Arrakis container: a library OS with its application, on one context.
/// What comes in are interrupts, answers and upcalls; what the program does in between is plain
/// code of one address space. A failure of the program is a crash of the domain.
/// </summary>
public sealed class ProtectionDomainActor : EmulatedActor, IDoorbellSleep
{
    private readonly DomainEnvironment environment;
    private readonly TenantSettings settings;
    private readonly CpuContext context;
    private readonly DomainSetUp setUp;
    private ArrakisProtocol.WaitForDoorbell? wait;
    private EmulatedTask program;
    private State state;

    /// <summary>Makes the domain.</summary>
    public ProtectionDomainActor(DomainEnvironment environment, TenantSettings settings)
    {
        this.environment = environment;
        this.settings = settings;
        context = new CpuContext(Me, 0, environment.Costs, environment.Account)
        {
            Observer = environment.Requests,
        };
        setUp = new DomainSetUp(environment, settings, context, this);
    }

    private enum State : byte
    {
        Starting,
        Running,
        Ended,
    }

    /// <summary>The domain's context, for who watches charges.</summary>
    public CpuContext CpuContext => context;

    /// <summary>The network of the domain, for inspection; null before it is set up.</summary>
    public Native.NativeLink? Network => setUp.Link;

    /// <inheritdoc/>
    protected override void PreStart() =>
        Send(environment.Kernel, new ArrakisProtocol.StartContext(context), NowPs);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ContextResume:
                context.Resume(Word);
                break;
            case CoreProtocol.VirtualInterrupt:
                context.Wake(NowPs);
                break;
            case ArrakisProtocol.Returned returned:
                setUp.Reply = returned;
                context.Answer();
                break;
            case StoreAnswered:
                context.Answer();
                break;
            case ArrakisProtocol.Dispatched:
                Begin();
                break;
            case ArrakisProtocol.CardRevoked:
                CloseCard((ulong)Word);
                break;
            case NotSetUp:
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

    void IDoorbellSleep.BeforeBlock()
    {
        if (environment.OwnsItsCore)
            return;
        wait ??= new ArrakisProtocol.WaitForDoorbell(context);
        Send(environment.Kernel, wait, context.ClockPs);
    }

    /// <summary>Starts the program when the context has its core for the first time.</summary>
    private void Begin()
    {
        if (state != State.Starting || context.State != ContextState.Running)
            return;
        state = State.Running;
        program = Run();
    }

    private async EmulatedTask Run()
    {
        var socket = await setUp.Run();
        if (socket is not null)
        {
            var memory = setUp.Link!.Memory;
            var pages = new ApplicationMemory(
                context, new DomainMemoryPort(context, memory, setUp.GrantTables, Wait));
            await settings.Application.Run(new ApplicationHost(
                context, memory, socket, pages, new OperationLog(environment)));
        }

        await context.SyncBeforeSend();
        Send(environment.Kernel, new ArrakisProtocol.Exit(context), context.ClockPs);
        if (socket is null)
            Send(Me, NotSetUp.Instance, context.ClockPs);
    }

    /// <summary>The library waits for its backing store, and keeps the core.</summary>
    private async EmulatedTask Wait(long durationPs)
    {
        await context.SyncBeforeSend();
        Send(Me, StoreAnswered.Instance, context.ClockPs + durationPs);
        await context.AwaitAnswer();
    }

    /// <summary>
    /// The kernel took the card. Whoever waits for a packet sees it now, or when it runs next.
    /// </summary>
    private void CloseCard(ulong handle)
    {
        if (setUp.Link is not { } link || setUp.Card.Value != handle)
            return;
        link.Driver.Close();
        if (context.Core is not null && !context.EndPollEarly())
            context.Wake(NowPs);
    }

    /// <summary>
    /// The set-up was refused and its context has exited: the domain ends, and what it was granted
    /// until then goes back.
    /// </summary>
    private sealed record NotSetUp : IInternalMessage
    {
        public static NotSetUp Instance { get; } = new();
    }
    /// <summary>The backing store has done what the library asked it for.</summary>
    private sealed record StoreAnswered : IInternalMessage
    {
        public static StoreAnswered Instance { get; } = new();
    }
}
