using System.Collections.Immutable;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Visible revocation of frames (Engler et al., SOSP 1995, sections 3.4 and 3.5): the environment
/// is asked by an upcall and chooses which it returns; past the deadline the request is imperative;
/// then bindings are broken by force, what was taken stands in the environment's repossession
/// vector, with its bytes at the place that the environment had loaded for them. The frames of the
/// guarantee are never taken.
/// </summary>
internal sealed class MemoryRevocations(KernelState state)
{
    private const RevocableResource Frames = RevocableResource.Memory;
    private const int PagesPerCall = 64;

    private readonly RevocationBook book = new(
        new RevocationOptions { ImperativePs = state.Options.ImperativePs });
    private readonly SortedDictionary<int, OrderUnderWay> orders = [];
    private readonly SortedDictionary<int, RepossessionVector> vectors = [];

    /// <summary>Pages whose bytes are kept for those that they were taken from.</summary>
    public SwapStore Swap { get; } = new(new SwapOptions());

    private MemoryEffects Memory => state.Memory;

    /// <summary>Asks for as many frames as the order says, or takes them.</summary>
    public void Begin(RevocationOrder order)
    {
        var nowPs = state.NowPs;
        if (state.Environments.ByAddress(order.Target) is not { } environment)
        {
            Report(order, nowPs, nowPs, RevocationResult.NotApplicable, 0);
            return;
        }

        var available = Memory.Frames.TakeableOf(environment.Number);
        // All that it has is guaranteed to it: it can only be told how much that is needed.
        var isEmergency = available == 0;
        if (isEmergency)
            available = Memory.Frames.HoldingsOf(environment.Number).Untabled;
        var wanted = Math.Min(order.Amount, available);
        if (!order.Asks)
        {
            var taken = 0;
            var donePs = isEmergency ? nowPs : Force(environment, wanted, out taken);
            Report(
                order, nowPs, donePs,
                isEmergency ? RevocationResult.Refused : RevocationResult.Forced, taken);
            return;
        }

        var deadlinePs = nowPs + (order.DeadlinePs ?? state.Options.DeadlinePs);
        if (book.CheckAsk(environment.Number, Frames, wanted, available, nowPs, deadlinePs)
            != ExokernelRefusal.None)
        {
            Report(order, nowPs, nowPs, RevocationResult.Refused, 0);
            return;
        }

        book.Ask(environment.Number, Frames, wanted, nowPs, deadlinePs);
        orders.Add(environment.Number, new OrderUnderWay(order, nowPs, isEmergency));
        Ask(environment, wanted, deadlinePs, isImperative: false);
    }

    /// <summary>The time of a request has come.</summary>
    public void Pass(int number)
    {
        if (state.Environments.ByNumber(number) is not { } environment)
            return;
        switch (book.Pass(number, Frames, state.NowPs, out var revocation))
        {
            case RevocationStep.Insist:
                Ask(environment, revocation.Missing, revocation.ForcePs, isImperative: true);
                break;
            case RevocationStep.Force when orders[number].IsEmergency:
                Finish(number, state.NowPs, RevocationResult.Refused, revocation.Returned);
                break;
            case RevocationStep.Force:
                var donePs = Force(environment, revocation.Missing, out var taken);
                Finish(number, donePs, RevocationResult.Forced, revocation.Returned + taken);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// An environment returns frames: each must be its own and none more than was asked for.
    /// </summary>
    public void Return(EnvironmentRecord environment, ImmutableArray<long> frames)
    {
        var (number, calledPs, core) = (environment.Number, state.NowPs, environment.Core);
        var atPs = state.Work.ServeCall(core, state.Work.Enter(core, calledPs));
        var refusal = book.CheckReturn(number, Frames, frames.Length);
        if (refusal == ExokernelRefusal.None)
            refusal = Memory.Revocation.CheckReturn(number, frames.AsSpan());
        if (refusal == ExokernelRefusal.None)
        {
            Memory.Free(frames.AsSpan());
            atPs = state.Settle(core, state.Work.ServeFrames(core, frames.Length, atPs));
            book.TryFind(number, Frames, out var revocation);
            var outcome = book.Return(number, Frames, frames.Length, calledPs);
            if (outcome != RevocationOutcome.Pending)
                Finish(number, atPs, ResultOf(outcome), revocation.Wanted);
        }
        else
        {
            if (book.TryFind(number, Frames, out _))
                book.CountBadAnswer(number, Frames);
            state.Tell(environment, new MemoryProtocol.ReturnRefused(refusal), atPs);
        }

        state.Options.Observer?.ControlCall(
            "return-frames", refusal != ExokernelRefusal.None, calledPs,
            state.Work.Return(core, atPs));
    }

    /// <summary>
    /// An environment that is to give frames back has pages of them withdrawn first, so that nobody
    /// writes to what it saves. What is not bound counts for nothing.
    /// </summary>
    public void Withdraw(EnvironmentRecord environment, ImmutableArray<long> pages)
    {
        var (calledPs, core) = (state.NowPs, environment.Core);
        var atPs = state.Work.ServeCall(core, state.Work.Enter(core, calledPs));
        foreach (var page in pages.Take(PagesPerCall))
        {
            if (Memory.Translation.CheckUnbind(environment.Number, page) == ExokernelRefusal.None)
                Memory.Unbind(environment.Number, page);
        }

        atPs = state.Work.Return(core, state.Settle(core, atPs));
        state.Options.Observer?.ControlCall("withdraw-pages", false, calledPs, atPs);
        state.Processor.Upcall(environment, MemoryProtocol.Withdrawn.Instance, atPs);
    }

    /// <summary>An environment has ended: what was asked of it has come back.</summary>
    public void End(EnvironmentRecord environment, long atPs)
    {
        book.TryFind(environment.Number, Frames, out var revocation);
        var outcome = book.End(environment.Number, Frames, state.NowPs);
        if (outcome != RevocationOutcome.Pending)
            Finish(environment.Number, atPs, ResultOf(outcome), revocation.Wanted);
        vectors.Remove(environment.Number);
        Swap.End(environment.Number);
    }

    /// <summary>
    /// Loads new places at the swap server into an environment's repossession vector, as many as
    /// there is room for. The value is the first, the second how many.
    /// </summary>
    public CallResult LoadBacking(int environment, int wanted)
    {
        if (wanted < 1)
            return new CallResult(ExokernelRefusal.BadBatch);
        var vector = VectorOf(environment);
        var first = 0L;
        for (var loaded = 0; loaded < wanted; loaded++)
        {
            var refusal = Swap.CheckTake(environment, out var place);
            if (refusal == ExokernelRefusal.None)
                refusal = vector.CheckLoad(place);
            if (refusal != ExokernelRefusal.None)
                return loaded == 0 ? new CallResult(refusal)
                    : new CallResult(ExokernelRefusal.None, first, loaded);
            Swap.Take(environment, place);
            vector.Load(place);
            first = loaded == 0 ? place : first;
        }

        return new CallResult(ExokernelRefusal.None, first, wanted);
    }

    /// <summary>Loads a place that an environment has into its vector again.</summary>
    public CallResult KeepBacking(int environment, long place)
    {
        var refusal = Swap.CheckOwner(environment, place);
        if (refusal == ExokernelRefusal.None)
            refusal = VectorOf(environment).CheckLoad(place);
        if (refusal == ExokernelRefusal.None)
            VectorOf(environment).Load(place);
        return new CallResult(refusal);
    }

    /// <summary>
    /// Reads the oldest entry of an environment's repossession vector: the frame, and the place at
    /// which its bytes are, or -1.
    /// </summary>
    public CallResult ReadRepossession(int environment) =>
        VectorOf(environment).TryRead(out var entry)
            ? new CallResult(ExokernelRefusal.None, entry.Name, entry.Backing)
            : new CallResult(ExokernelRefusal.NothingRepossessed);

    /// <summary>
    /// An environment submits a page of its own to the swap server, one of the guarantee too, in an
    /// emergency or before. The value is its place there, the second when it is there.
    /// </summary>
    public CallResult SubmitPage(EnvironmentRecord environment, long frame)
    {
        var number = environment.Number;
        var refusal = Memory.CheckSubmit(number, frame);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        refusal = Swap.CheckTake(number, out var place);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        Swap.Take(number, place);
        var donePs = Swap.Write(state.Machine.Memory, frame, place, state.NowPs);
        Memory.Free([frame]);
        if (book.TryFind(number, Frames, out var revocation))
        {
            var outcome = book.Return(number, Frames, 1, state.NowPs);
            if (outcome != RevocationOutcome.Pending)
                Finish(number, donePs, ResultOf(outcome), revocation.Wanted);
        }

        return new CallResult(ExokernelRefusal.None, place, donePs);
    }

    /// <summary>
    /// Reads a page back from its place into a frame, which must both be the environment's; no
    /// region may be in the frame, and the place not be loaded. The value is when it is there.
    /// </summary>
    public CallResult ReadBack(EnvironmentRecord environment, long place, long frame)
    {
        var refusal = Swap.CheckOwner(environment.Number, place);
        // What is free may be another's next: force would write there.
        if (refusal == ExokernelRefusal.None && VectorOf(environment.Number).IsLoaded(place))
            refusal = ExokernelRefusal.PlaceIsLoaded;
        if (refusal == ExokernelRefusal.None)
            refusal = Memory.CheckReadBack(environment.Memory, frame);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        var donePs = Swap.Read(state.Machine.Memory, place, frame, state.NowPs);
        Swap.Free(place);
        return new CallResult(ExokernelRefusal.None, donePs);
    }

    private static RevocationResult ResultOf(RevocationOutcome outcome) =>
        outcome == RevocationOutcome.Returned
            ? RevocationResult.Returned : RevocationResult.ReturnedLate;

    private RepossessionVector VectorOf(int environment)
    {
        if (!vectors.TryGetValue(environment, out var vector))
        {
            vector = new RepossessionVector(state.Options.RepossessionEntries);
            vectors.Add(environment, vector);
        }

        return vector;
    }

    private void Ask(
        EnvironmentRecord environment, int amount, long deadlinePs, bool isImperative)
    {
        state.Processor.Upcall(
            environment,
            orders[environment.Number].IsEmergency
                ? new MemoryProtocol.Emergency(amount, deadlinePs)
                : new MemoryProtocol.FramesRequested(amount, deadlinePs, isImperative),
            state.NowPs);
        book.TryFind(environment.Number, Frames, out var revocation);
        state.Machine.Island.Schedule(
            revocation.NextPs, state.Kernel, ExokernelProtocol.RevocationDue.Instance,
            state.Kernel, ((long)environment.Number << 8) | (byte)Frames);
    }

    /// <summary>The abort protocol.</summary>
    private long Force(EnvironmentRecord environment, int wanted, out int count)
    {
        var taken = new List<RepossessedFrame>();
        var broken = new List<Binding>();
        var core = environment.Core;
        var nowPs = state.NowPs;
        var vector = VectorOf(environment.Number);
        Memory.Revocation.Repossess(environment.Number, wanted, vector, nowPs, taken, broken);
        foreach (var one in taken)
            Memory.Leaving?.Invoke(one.Frame);
        Memory.ForgetAll(broken);
        var atPs = state.Work.ServeFrames(
            core, taken.Count, state.Work.ServeCall(core, nowPs));
        atPs = state.Settle(core, atPs);
        var savedPs = atPs;
        foreach (var one in taken)
        {
            if (one.Backing >= 0)
                savedPs = Swap.Write(state.Machine.Memory, one.Frame, one.Backing, atPs);
            state.Machine.Memory.ReleaseFrame(one.Frame);
        }

        count = taken.Count;
        state.Processor.Upcall(
            environment, new MemoryProtocol.FramesTaken(vector.Count, vector.LostCount), atPs);
        return savedPs;
    }

    private void Finish(int environment, long donePs, RevocationResult result, int amount)
    {
        if (orders.Remove(environment, out var known))
            Report(known.Order, known.OrderedPs, donePs, result, amount);
    }

    private void Report(
        RevocationOrder order, long orderedPs, long donePs, RevocationResult result, int amount) =>
        state.Options.Observer?.Revoked(new RevocationReport(
            order.Target, order.Resource, orderedPs, donePs, result, amount)
        {
            DeadlinePs = order.Asks
                ? orderedPs + (order.DeadlinePs ?? state.Options.DeadlinePs) : null,
            BegunPs = state.NowPs,
        });

    private readonly record struct OrderUnderWay(
        RevocationOrder Order, long OrderedPs, bool IsEmergency);
}
