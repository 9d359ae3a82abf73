using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel.UserLevel;

/// <summary>
/// The kernel's calls as a thread makes them: fill in the message in <see cref="Registers"/>, then
/// await one of these. Nothing is allocated for a call.
/// </summary>
public sealed class UserThread
{
    private readonly IslandActorRef kernel;
    private readonly NucleusProtocol.Trap trap;
    private readonly NucleusProtocol.PageFault pageFault;
    private readonly Action enter;
    private Action? next;
    private bool hasFaulted;

    /// <summary>A thread of the domain whose context this is.</summary>
    public UserThread(IslandActorRef kernel, CpuContext context)
    {
        this.kernel = kernel;
        Context = context;
        trap = new NucleusProtocol.Trap(Registers);
        pageFault = new NucleusProtocol.PageFault(Registers);
        enter = EnterInSync;
    }

    /// <summary>What runs it.</summary>
    public CpuContext Context { get; }

    /// <summary>Its registers.</summary>
    public ThreadRegisters Registers { get; } = new();

    /// <summary>Number of the thread in its domain.</summary>
    public int Number => Context.Number;

    /// <summary>Asks the kernel to run the thread.</summary>
    public void Start() => Context.Owner.Island.Schedule(
        Context.Owner.Island.NowPs, kernel, new NucleusProtocol.StartThread(Context, Registers),
        Context.Owner);

    /// <summary>Sends and waits for the answer.</summary>
    public KernelAwaiter Call(Handle endpoint) => Ask(KernelCall.Call, endpoint, default);

    /// <summary>
    /// An access was refused: the kernel sends the message, which says which one, to the pager in
    /// the thread's name, and the thread waits for the answer.
    /// </summary>
    public KernelAwaiter Fault(Handle pager)
    {
        hasFaulted = true;
        return Ask(KernelCall.Call, pager, default);
    }

    /// <summary>Sends; waits until somebody receives.</summary>
    public KernelAwaiter Send(Handle endpoint) => Ask(KernelCall.Send, endpoint, default);

    /// <summary>Sends if somebody waits, then waits at an endpoint.</summary>
    public KernelAwaiter SendAndWait(Handle endpoint, Handle waitAt) =>
        Ask(KernelCall.SendAndWait, endpoint, waitAt);

    /// <summary>Waits at an endpoint.</summary>
    public KernelAwaiter Wait(Handle waitAt) => Ask(KernelCall.Wait, default, waitAt);

    /// <summary>Answers a call.</summary>
    public KernelAwaiter Reply(Handle reply) => Ask(KernelCall.Reply, reply, default);

    /// <summary>Answers a call and waits at an endpoint.</summary>
    public KernelAwaiter ReplyAndWait(Handle reply, Handle waitAt) =>
        Ask(KernelCall.ReplyAndWait, reply, waitAt);

    /// <summary>Sets bits of a notification.</summary>
    public KernelAwaiter Signal(Handle notification, ulong bits)
    {
        Registers.Badge = bits;
        return Ask(KernelCall.Signal, notification, default);
    }

    /// <summary>An interrupt was handled.</summary>
    public KernelAwaiter Acknowledge(Handle interrupt) =>
        Ask(KernelCall.Acknowledge, interrupt, default);

    /// <summary>Derives a capability; its handle is in <see cref="ThreadRegisters.Granted"/>.
    /// </summary>
    public KernelAwaiter Mint(Handle from, CapabilityRights rights, ulong badge)
    {
        Registers.GrantedRights = rights;
        Registers.Badge = badge;
        return Ask(KernelCall.Mint, from, default);
    }

    /// <summary>Takes back what was derived from a capability.</summary>
    public KernelAwaiter Revoke(Handle from) => Ask(KernelCall.Revoke, from, default);

    /// <summary>Gives a capability up.</summary>
    public KernelAwaiter Delete(Handle capability) =>
        Ask(KernelCall.Delete, capability, default);

    /// <summary>Maps memory from a virtual page on.</summary>
    public KernelAwaiter Map(Handle memory, long virtualPage, CapabilityRights rights)
    {
        Registers.Begin(0);
        Registers.Add((ulong)virtualPage);
        Registers.GrantedRights = rights;
        return Ask(KernelCall.Map, memory, default);
    }

    /// <summary>Takes memory out of the address space.</summary>
    public KernelAwaiter Unmap(Handle memory) => Ask(KernelCall.Unmap, memory, default);

    /// <summary>Lets an equal run.</summary>
    public KernelAwaiter Yield() => Ask(KernelCall.Yield, default, default);

    /// <summary>Ends the thread; what awaits this never goes on.</summary>
    public KernelAwaiter Exit() => Ask(KernelCall.Exit, default, default);

    /// <summary>The kernel has returned to the thread: its domain's actor says so.</summary>
    public void Resume() => Context.Answer();

    internal void Enter(Action continuation)
    {
        var sync = Context.Sync();
        if (sync.IsCompleted)
        {
            Trap(continuation);
            return;
        }

        next = continuation;
        sync.OnCompleted(enter);
    }

    private KernelAwaiter Ask(KernelCall call, Handle target, Handle waitAt)
    {
        Registers.Call = call;
        Registers.Target = target;
        Registers.WaitAt = waitAt;
        return new KernelAwaiter(this);
    }

    private void EnterInSync()
    {
        var continuation = next!;
        next = null;
        // An interrupt may have pushed the thread back since it asked to be in sync.
        Enter(continuation);
    }

    private void Trap(Action continuation)
    {
        Context.AwaitAnswer().OnCompleted(continuation);
        object message = hasFaulted ? pageFault : trap;
        hasFaulted = false;
        Context.Owner.Island.Schedule(
            Context.ClockPs, kernel, message, Context.Owner, Context.Number);
    }
}
