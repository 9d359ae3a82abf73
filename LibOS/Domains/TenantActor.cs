using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Native;

namespace Disguise.LibOS.Domains;

/// <summary>
/// A tenant's library with its application, on one context that a kernel may end at any time. What
/// the program does between two messages is plain code of one address space. A failure of the
/// program is a crash of the tenant.
/// </summary>
public abstract class TenantActor : EmulatedActor
{
    private readonly IslandActorRef? parent;
    private EmulatedTask program;
    private State state;
    private int childCount;

    /// <summary>
    /// Makes the tenant with its context, which has no core yet; where it has a parent, it was
    /// forked.
    /// </summary>
    protected TenantActor(
        DomainEnvironment environment, TenantSettings settings, IslandActorRef? parent = null)
    {
        this.parent = parent;
        Environment = environment;
        Settings = settings;
        CpuContext = new CpuContext(Me, 0, environment.Costs, environment.Account)
        {
            Observer = environment.Requests,
        };
    }

    private enum State : byte
    {
        Starting,
        Running,
        Ended,
    }

    /// <summary>The tenant's context, for who watches charges.</summary>
    public CpuContext CpuContext { get; }

    /// <summary>Where the tenant lives.</summary>
    protected DomainEnvironment Environment { get; }

    /// <summary>What the tenant is to run, and how.</summary>
    protected TenantSettings Settings { get; }

    /// <summary>Whether another program has forked this one.</summary>
    protected bool IsChild => parent is not null;

    /// <summary>Asks the kernel to be started; a child is started by its parent's call.</summary>
    protected abstract void AskToStart();

    /// <summary>The program, from its begin to its end.</summary>
    protected abstract EmulatedTask Run();

    /// <summary>Takes any message but those by which the context goes on.</summary>
    protected abstract void OnMessage(object message);

    /// <summary>Whether a message is meant for a tenant whose context has ended.</summary>
    protected abstract bool IsOfTheEnd(object message);

    /// <inheritdoc/>
    protected sealed override void PreStart()
    {
        if (parent is null)
            AskToStart();
        else
            Send(parent, new ChildMade(CpuContext), NowPs);
    }

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        // The kernel may have ended the context while this was on its way.
        if (CpuContext.State == ContextState.Finished && !IsOfTheEnd(message))
            return;
        switch (message)
        {
            case ContextResume:
                CpuContext.Resume(Word);
                break;
            case StoreAnswered:
                CpuContext.Answer();
                break;
            default:
                OnMessage(message);
                break;
        }

        if (state == State.Running && program.IsCompleted)
        {
            state = State.Ended;
            EndProgram();
        }
    }

    /// <summary>
    /// Begins the program if the context has its core for the first time; says whether it did.
    /// </summary>
    protected bool TryBegin()
    {
        if (state != State.Starting || CpuContext.State != ContextState.Running)
            return false;
        state = State.Running;
        program = Run();
        return true;
    }

    /// <summary>A crash is told, and then is one of the component.</summary>
    private void EndProgram()
    {
        try
        {
            program.GetResult();
        }
        catch (ComponentFailureException crash)
        {
            Environment.Readiness.Crashed(Environment.Address, crash.Message, NowPs);
            throw;
        }
    }

    /// <summary>Makes the actor of a child; it says when it is there.</summary>
    protected void SpawnChild<TActor>(Func<TActor> make)
        where TActor : TenantActor => Spawn($"child({++childCount})", make);

    /// <summary>
    /// The kernel has refused to start the tenant: it ends, and says why. Whoever forked it is told
    /// by its call.
    /// </summary>
    protected void EndRefused(string reason)
    {
        if (!IsChild)
            Environment.Readiness.Failed(Environment.Address, reason);
        Context.Stop(Self);
    }

    /// <summary>The library waits for its backing store, and keeps the core.</summary>
    protected async EmulatedTask WaitForStore(long durationPs)
    {
        await CpuContext.SyncBeforeSend();
        Send(Me, StoreAnswered.Instance, CpuContext.ClockPs + durationPs);
        await CpuContext.AwaitAnswer();
    }

    /// <summary>
    /// The kernel took the network. Whoever waits for a packet sees it now, or when it runs next.
    /// </summary>
    protected void Close(NativeLink? link)
    {
        if (link is null)
            return;
        link.Driver.Close();
        if (CpuContext.Core is not null && !CpuContext.EndPollEarly())
            CpuContext.Wake(NowPs);
    }

    /// <summary>The backing store has done what the library asked it for.</summary>
    private sealed record StoreAnswered : IInternalMessage
    {
        public static StoreAnswered Instance { get; } = new();
    }
}
