using System.Runtime.CompilerServices;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Cores;

/// <summary>
/// A thread of control with its own clock. Its code runs at once in C# at the island's time while
/// what it is charged moves its clock ahead; before it looks at what another party may touch, or
/// crosses, it syncs: it suspends and goes on from the island's events at its own clock (temporal
/// decoupling with synchronisation on demand, IEEE 1666 TLM-2.0).
/// </summary>
/// <remarks>
/// The clock moves for three reasons: a charge, a preemption that takes the core away (the rest
/// of the charged work is pushed back by as much), and waiting.
/// </remarks>
public sealed class CpuContext : IMemoryWatcher
{
    private readonly CostTable costs;
    private Action? continuation;
    private int generation;
    private long pollStartPs;
    private long watchedAddress = -1;
    private PhysicalMemory? watchedMemory;
    private long remainingPs;
    private long stolenFromPollPs;
    private bool awaitsAnswer;

    /// <summary>Makes a context of a domain. It is ready and has no core.</summary>
    public CpuContext(IslandActorRef owner, int number, CostTable costs, LedgerAccount account)
    {
        Owner = owner;
        Number = number;
        this.costs = costs;
        Account = account;
        ClockPs = owner.Island.NowPs;
    }

    /// <summary>The actor in whose protection domain the context runs.</summary>
    public IslandActorRef Owner { get; }

    /// <summary>Number within the domain, from 0.</summary>
    public int Number { get; }

    /// <summary>Account that its own work is booked to.</summary>
    public LedgerAccount Account { get; }

    /// <summary>The context's own time: never behind the island's while it runs.</summary>
    public long ClockPs { get; private set; }

    /// <summary>Where it is.</summary>
    public ContextState State { get; private set; }

    /// <summary>The core it has, while it has one.</summary>
    public Core? Core { get; private set; }

    /// <summary>The memory management unit of its core; the context must have one.</summary>
    public Mmu Mmu => Core?.Mmu
        ?? throw new InvalidOperationException("a context without a core has no memory");

    /// <summary>Whether a suspended continuation waits.</summary>
    public bool IsSuspended => continuation is not null;

    /// <summary>Watches charges when set.</summary>
    public IChargeObserver? Observer { get; set; }

    /// <summary>Charges a number of events or bytes to the context's own account.</summary>
    public void Charge(CostKey key, long count = 1) => ChargeTo(Account, key, count);

    /// <summary>Charges to another account: a kernel's work on the caller's core, say.</summary>
    public void ChargeTo(LedgerAccount account, CostKey key, long count = 1)
    {
        RequireRunning();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var durationPs = checked(costs.Of(key) * count);
        account.Book(key, count, durationPs);
        Observer?.Charged(this, account, key, count, ClockPs, durationPs);
        ClockPs += durationPs;
    }

    /// <summary>
    /// Suspends until the island reaches the context's clock. After it what the context reads is
    /// what memory holds at its own time, and what it sends leaves at its own time.
    /// </summary>
    public SyncAwaiter Sync() => new(this);

    /// <summary>
    /// Spins until a device or another context writes the line of an address, or until a time.
    /// The context must be in sync and have seen that there is nothing yet. Books whole turns of
    /// the polling loop: a write is seen at the first turn after it. May return early; look again.
    /// Where nothing is mapped it throws <see cref="ComponentFailureException"/>: a page fault.
    /// </summary>
    public PollAwaiter PollUntilWritten(ulong virtualAddress, long untilPs = Picoseconds.Never)
    {
        RequireRunning();
        if (!Mmu.TryTranslate(virtualAddress, Access.Read, out var translation, out var fault))
        {
            throw new ComponentFailureException(
                $"segmentation fault: polling at 0x{virtualAddress:x}: {fault.Reason}");
        }

        return new PollAwaiter(this, Mmu.Memory, translation.PhysicalAddress, untilPs);
    }

    /// <summary>
    /// Has a polling context look again at its next turn, though its line was not written: an
    /// upcall has changed something else that it looks at. False when it does not poll.
    /// </summary>
    public bool EndPollEarly()
    {
        if (State != ContextState.Polling)
            return false;
        StopWatching();
        ScheduleResumeAt(NextTurnPs(Owner.Island.NowPs));
        return true;
    }

    /// <summary>Suspends until <see cref="Wake"/>. A context that halts keeps its core.</summary>
    public BlockAwaiter Block() => new(this);

    /// <summary>
    /// Completes at once where nothing can take the core away before the context's clock;
    /// elsewhere it syncs. Await it before a message or a register write leaves at the clock.
    /// </summary>
    public SyncAwaiter SyncBeforeSend() => new(this, Core is { IsExclusive: true });

    /// <summary>
    /// Keeps the core and waits for the answer of a kernel that works on it, or of a device whose
    /// register is read. The owner calls <see cref="Answer"/> when the answer has come.
    /// </summary>
    public AnswerAwaiter AwaitAnswer() => new(this);

    /// <summary>
    /// What a context that has not run yet begins with when its owner calls <see cref="Answer"/>:
    /// the kernel has said that it runs, and may have taken the core away since.
    /// </summary>
    public void BeginOnAnswer(Action first)
    {
        if (State != ContextState.Ready || continuation is not null)
            throw new InvalidOperationException($"a context that is {State} cannot begin");
        continuation = first;
        awaitsAnswer = true;
    }

    /// <summary>The answer is there: the context goes on, at its own clock or now.</summary>
    public void Answer()
    {
        if (!awaitsAnswer)
            throw new InvalidOperationException("no answer was awaited");
        awaitsAnswer = false;
        var nowPs = Owner.Island.NowPs;
        ClockPs = Math.Max(ClockPs, nowPs);
        if (State != ContextState.Running)
            return;
        ScheduleOrGoOn(nowPs);
    }

    /// <summary>How long it has been spinning by a time, picoseconds; booked when it ends.
    /// </summary>
    public long OpenPollPs(long nowPs) => State == ContextState.Polling
        ? Math.Max(0, nowPs - pollStartPs - stolenFromPollPs)
        : 0;

    /// <summary>Ends the context; it gives up its core.</summary>
    public void Finish()
    {
        StopWatching();
        continuation = null;
        generation++;
        State = ContextState.Finished;
        Core?.Leave(this);
    }

    /// <summary>
    /// An awaited event has happened at a time. A halted context goes on; a blocked one becomes
    /// ready, and its kernel dispatches it. False when it was not blocked.
    /// </summary>
    public bool Wake(long atPs)
    {
        if (State != ContextState.Blocked)
            return false;
        ClockPs = Math.Max(ClockPs, atPs);
        if (Core is null)
        {
            State = ContextState.Ready;
            remainingPs = 0;
            return true;
        }

        State = ContextState.Running;
        ScheduleResume();
        return true;
    }

    /// <summary>Handles <see cref="ContextResume"/>: goes on, or waits on if pushed back.</summary>
    public void Resume(long word)
    {
        if (ContextResume.GenerationOf(word) != generation || continuation is null)
            return;
        var nowPs = Owner.Island.NowPs;
        if (State == ContextState.Polling)
        {
            EndPoll(Math.Max(nowPs, ClockPs));
        }

        if (State != ContextState.Running)
            throw new InvalidOperationException($"a context that is {State} cannot go on");
        ScheduleOrGoOn(nowPs);
    }

    void IMemoryWatcher.Written(long physicalAddress, int lengthBytes)
    {
        StopWatching();
        ScheduleResumeAt(NextTurnPs(Owner.Island.NowPs));
    }

    internal void TakeCore(Core core, long atPs)
    {
        if (State != ContextState.Ready)
            throw new InvalidOperationException($"a context that is {State} cannot be dispatched");
        Core = core;
        State = ContextState.Running;
        ClockPs = Math.Max(atPs, Owner.Island.NowPs) + remainingPs;
        remainingPs = 0;
        if (continuation is not null && !awaitsAnswer)
            ScheduleResume();
    }

    /// <summary>The core is taken away now; charged work that is left is kept for later.</summary>
    internal void LoseCore(long atPs)
    {
        switch (State)
        {
            case ContextState.Polling:
                EndPoll(atPs);
                remainingPs = 0;
                State = ContextState.Ready;
                break;
            case ContextState.Running:
                remainingPs = Math.Max(0, ClockPs - atPs);
                State = ContextState.Ready;
                break;
            case ContextState.Blocked or ContextState.Finished:
                break;
            default:
                throw new InvalidOperationException($"a context that is {State} has no core");
        }

        generation++;
        Core = null;
    }

    /// <summary>An interrupt took the core for a while: what was to come is pushed back.</summary>
    internal void PushBack(long atPs, long durationPs)
    {
        if (State == ContextState.Polling)
            stolenFromPollPs += durationPs;
        if (State == ContextState.Running && ClockPs > atPs)
            ClockPs += durationPs;
        else
            ClockPs = Math.Max(ClockPs, atPs + durationPs);
    }

    internal void SuspendForSync(Action next)
    {
        Suspend(next);
        ScheduleResume();
    }

    internal bool IsInSync => State == ContextState.Running && ClockPs == Owner.Island.NowPs;

    internal void SuspendForPoll(
        Action next, PhysicalMemory memory, long physicalAddress, long untilPs)
    {
        if (!IsInSync)
            throw new InvalidOperationException("a context polls only after it has synced");
        Suspend(next);
        State = ContextState.Polling;
        pollStartPs = ClockPs;
        stolenFromPollPs = 0;
        watchedMemory = memory;
        watchedAddress = physicalAddress;
        memory.Watch(physicalAddress, this);
        if (untilPs != Picoseconds.Never)
            ScheduleResumeAt(NextTurnPs(Math.Max(untilPs, ClockPs)));
    }

    internal void SuspendForBlock(Action next)
    {
        Suspend(next);
        State = ContextState.Blocked;
    }

    internal void SuspendForAnswer(Action next)
    {
        Suspend(next);
        awaitsAnswer = true;
    }

    private void ScheduleOrGoOn(long nowPs)
    {
        if (ClockPs > nowPs)
        {
            ScheduleResume();
            return;
        }

        var next = continuation
            ?? throw new InvalidOperationException("a context without a continuation goes on");
        continuation = null;
        next();
    }

    private void Suspend(Action next)
    {
        RequireRunning();
        if (continuation is not null)
            throw new InvalidOperationException("a context waits for one thing at a time");
        continuation = next;
        generation++;
    }

    private void ScheduleResume() => ScheduleResumeAt(ClockPs);

    private void ScheduleResumeAt(long atPs) => Owner.Island.Schedule(
        atPs, Owner, ContextResume.Instance, Owner, ContextResume.WordOf(Number, generation));

    /// <summary>The end of the first turn of the polling loop that begins at or after a time.
    /// </summary>
    private long NextTurnPs(long atPs)
    {
        var turnPs = costs.Of(HardwareCosts.PollStep);
        var start = Math.Max(pollStartPs, ClockPs);
        if (atPs <= start)
            return start + turnPs;
        var turns = ((atPs - start) + turnPs - 1) / turnPs;
        return start + ((turns + 1) * turnPs);
    }

    private void EndPoll(long atPs)
    {
        StopWatching();
        var spunPs = Math.Max(0, atPs - pollStartPs - stolenFromPollPs);
        Account.Book(HardwareCosts.Poll, 1, spunPs);
        Observer?.Charged(this, Account, HardwareCosts.Poll, 1, pollStartPs, spunPs);
        ClockPs = atPs;
        State = ContextState.Running;
    }

    private void StopWatching()
    {
        if (watchedMemory is null)
            return;
        watchedMemory.Unwatch(watchedAddress, this);
        watchedMemory = null;
        watchedAddress = -1;
    }

    private void RequireRunning()
    {
        if (State != ContextState.Running)
            throw new InvalidOperationException($"a context that is {State} does not run");
    }
}
