using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Processor;
using Disguise.Kernels.Exokernel.Regions;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Carries out on the cores what their vectors of slices say. Contexts are saved and restored by
/// the libraries: the kernel enters an environment at the start of a slice and tells it of the
/// end (Engler et al., SOSP 1995, section 5.1.1).
/// </summary>
internal sealed class EnvironmentScheduler : IWakeUps
{
    private readonly KernelState state;
    private readonly Processors machines;
    private readonly Transfers transfers;
    private readonly bool[] isOwned;
    private readonly int[] pins;

    public EnvironmentScheduler(KernelState state)
    {
        this.state = state;
        machines = new Processors(
            Cores.Length, state.Options.EnvironmentLimit, state.Options.Processor, this,
            state.Machine.Guards);
        transfers = new Transfers(state, machines);
        isOwned = new bool[Cores.Length];
        pins = new int[Cores.Length];
    }

    private Core[] Cores => state.Machine.Cores;

    /// <summary>The slices of a core.</summary>
    public SliceVector VectorOf(int core) => machines[core].Vector;

    /// <summary>
    /// The core in whose vector a new environment gets a slice; null where there is none, and why.
    /// </summary>
    public Core? FindCore(CorePlacement placement, out string reason)
    {
        reason = $"there is no core {placement.Core}";
        if (placement.Kind == CorePlacementKind.Pinned)
        {
            if ((uint)placement.Core >= (uint)Cores.Length)
                return null;
            reason = $"core {placement.Core} is another's own, or its slices are all taken";
            return HasRoom(placement.Core) ? Cores[placement.Core] : null;
        }

        if (placement.Kind == CorePlacementKind.Own)
        {
            reason = $"none of {Cores.Length} cores is left to own";
            return FreeCore();
        }

        reason = "no slice is left on a core that is shared";
        Core? chosen = null;
        foreach (var core in Cores)
        {
            if (HasRoom(core.Number) && (chosen is null
                || machines[core.Number].Vector.HeldCount
                    < machines[chosen.Number].Vector.HeldCount))
                chosen = core;
        }

        return chosen;
    }

    /// <summary>A new environment has its slice, and may run.</summary>
    public void Start(EnvironmentRecord environment, long atPs)
    {
        Admit(environment);
        var core = environment.Core.Number;
        isOwned[core] |= environment.OwnsItsCore;
        var vector = machines[core].Vector;
        vector.Allocate(
            environment.Number, vector.Find(SliceVector.Nobody), environment.Memory.Own);
        CarryOut(core, machines[core].Reconsider(atPs), atPs);
    }

    /// <summary>A new environment is there, without a slice.</summary>
    public void Admit(EnvironmentRecord environment)
    {
        machines.Environments.Add(environment.Number);
        if (!environment.OwnsItsCore)
            pins[environment.Core.Number]++;
    }

    /// <summary>An environment gives another a slice, by a credential to it.</summary>
    public CallResult Give(EnvironmentRecord giver, KernelCall.GiveSlice call, long atPs)
    {
        var refusal = state.Memory.Credentials.CheckAccess(
            giver.Number, call.Credential, call.Environment);
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        var receiver = state.Environments.ByNumber(call.Environment)!;
        var core = receiver.Core;
        var vector = machines[core.Number].Vector;
        var position = vector.Find(SliceVector.Nobody);
        if (position < 0)
            return new CallResult(ExokernelRefusal.SliceIsTaken);
        vector.Allocate(receiver.Number, position, receiver.Memory.Own);
        core.IsExclusive = false;
        CarryOut(core.Number, machines[core.Number].Reconsider(atPs), atPs);
        return new CallResult(ExokernelRefusal.None, position);
    }

    /// <summary>
    /// An environment is gone: its slices are free. The core runs the next from a time on.
    /// </summary>
    public void End(EnvironmentRecord environment, long atPs)
    {
        var core = environment.Core.Number;
        environment.Deferred = null;
        environment.DeferredTransfers = null;
        environment.HasException = false;
        environment.Context.Finish();
        state.Sleepers.Forget(environment.Number);
        var callers = new List<int>();
        machines.Remove(environment.Number, atPs, callers);
        if (environment.OwnsItsCore)
            isOwned[core] = false;
        else
            pins[core]--;
        environment.Core.IsExclusive = false;
        CarryOut(core, machines[core].Reconsider(atPs), atPs);
    }

    /// <summary>The timer of a core.</summary>
    public void Expire(int core) =>
        CarryOut(core, machines[core].Expire(state.NowPs), state.NowPs);

    /// <summary>Whether an environment has a core.</summary>
    public bool IsWanted(Core core) => machines[core.Number].Running != SliceVector.Nobody;

    /// <summary>A device that is bound to an environment has interrupted.</summary>
    public void Ring(EnvironmentRecord environment)
    {
        var core = environment.Core;
        var context = environment.Context;
        var atPs = state.Work.WakeUp(core, state.NowPs);
        environment.HasRung = true;
        if (context is { State: ContextState.Blocked, Core: not null })
        {
            // Between its call to sleep and the kernel's taking note of it.
            environment.HasRung = false;
            context.Wake(atPs);
            return;
        }

        if (environment.IsAsleep && machines[core.Number].Running == SliceVector.Nobody)
            CarryOut(core.Number, machines[core.Number].Reconsider(atPs), atPs);
    }

    /// <summary>
    /// The kernel has put a packet into an environment's ring: who sleeps is woken, and who is
    /// about to sleep looks again.
    /// </summary>
    public void Arrived(EnvironmentRecord environment)
    {
        if (environment.IsAsleep || environment.Context.State == ContextState.Blocked)
            Ring(environment);
        else
            environment.HasRung = true;
    }

    /// <summary>
    /// Enters an environment at its code for exceptions: at once where it runs, else when it next
    /// has its core. Who sleeps is awake for it.
    /// </summary>
    public void Upcall(EnvironmentRecord environment, object message, long atPs)
    {
        environment.Upcalls.Add(message);
        if (environment.Context.Core is not null)
        {
            if (!state.Sections.Hold(environment, SoftwareInterrupts.Revocation, atPs))
                TellUpcalls(environment, atPs);
            return;
        }

        Rouse(environment, atPs);
    }

    /// <summary>
    /// Enters an environment for everything that waited: at once where it runs, else when it next
    /// has its core.
    /// </summary>
    public long TellUpcalls(EnvironmentRecord environment, long atPs)
    {
        if (environment.Context.Core is not { } core)
        {
            if (environment.Upcalls.Count > 0)
                Rouse(environment, atPs);
            return atPs;
        }

        foreach (var upcall in environment.Upcalls)
            state.Tell(environment, upcall, atPs = state.Work.Forward(core, atPs));
        environment.Upcalls.Clear();
        return atPs;
    }

    /// <summary>Who sleeps is awake, and runs at once where nobody does.</summary>
    private void Rouse(EnvironmentRecord environment, long atPs)
    {
        var core = environment.Core.Number;
        environment.HasRung = true;
        if (environment.IsAsleep && machines[core].Running == SliceVector.Nobody)
            CarryOut(core, machines[core].Reconsider(atPs), atPs);
    }

    /// <summary>Tells an environment that its slice is over, if it is.</summary>
    public void TellOfEnd(EnvironmentRecord environment, long atPs)
    {
        var machine = machines[environment.Core.Number];
        if (machine.Running != environment.Number || !machine.IsSaving)
            return;
        state.Tell(
            environment, ExokernelProtocol.SliceEnds.Instance,
            state.Work.TellOfSlice(environment.Core, atPs), environment.Number);
    }

    /// <summary>The first position that an environment holds in its core's vector, or -1.
    /// </summary>
    public int PositionOf(EnvironmentRecord environment) =>
        machines[environment.Core.Number].Vector.Find(environment.Number);

    /// <summary>Who holds the first position of a core that anybody holds, or -1.</summary>
    public int HolderOf(int core)
    {
        var vector = machines[core].Vector;
        for (var position = 0; position < vector.Length; position++)
        {
            if (vector.HolderOf(position) is var holder and not SliceVector.Nobody)
                return holder;
        }

        return SliceVector.Nobody;
    }

    /// <summary>
    /// Takes an environment's first position. A slice that has begun there runs to its end.
    /// </summary>
    public long TakePosition(EnvironmentRecord environment, long atPs)
    {
        var core = environment.Core;
        core.IsExclusive = false;
        machines[core.Number].Vector.Free(PositionOf(environment));
        CarryOut(core.Number, machines[core.Number].Reconsider(atPs), atPs);
        return atPs;
    }

    /// <summary>Serves a call about slices.</summary>
    public CallResult Serve(EnvironmentRecord environment, KernelCall call, long atPs)
    {
        if (call is KernelCall.CountSlices count)
            return SliceCalls.Count(machines, state.Environments.ByNumber(count.Environment));
        var core = environment.Core.Number;
        var result = SliceCalls.Serve(
            machines[core].Vector, state.Memory.Credentials, environment.Number, call);
        if (result.Refusal == ExokernelRefusal.None)
        {
            environment.Core.IsExclusive &= call is not KernelCall.FreeSlice;
            CarryOut(core, machines[core].Reconsider(atPs), atPs);
        }

        return result;
    }

    /// <summary>
    /// An environment sleeps until a product of its predicate holds, a device interrupts or a
    /// time. Returned at once where it may not look at what the predicate names.
    /// </summary>
    public void SleepFor(
        EnvironmentRecord environment, ExokernelProtocol.SleepFor request)
    {
        var core = environment.Core;
        if (machines[core.Number].Running != environment.Number)
            return;
        var atPs = state.Work.ServeCall(core, state.Work.Enter(core, state.NowPs));
        var refusal = state.Sleepers.TryDownload(environment, request.Predicate);
        if (refusal != PredicateRefusal.None)
        {
            atPs = state.Work.Return(core, atPs);
            var result = new CallResult(ExokernelRefusal.BadPredicate, (long)refusal);
            state.Tell(environment, new ExokernelProtocol.Returned(result), atPs);
            return;
        }

        core.Preempt(atPs);
        environment.IsAsleep = true;
        CarryOut(
            core.Number,
            machines[core.Number].Sleep(environment.Number, request.UntilPs, atPs), atPs);
    }

    /// <summary>An environment enters another by a protected transfer, or returns from one.
    /// </summary>
    public void Transfer(EnvironmentRecord environment, object transfer, int to)
    {
        var core = environment.Core;
        if (machines[core.Number].Running != environment.Number)
        {
            environment.DeferredTransfers ??= [];
            environment.DeferredTransfers.Enqueue((transfer, to));
            return;
        }

        var atPs = state.Work.Enter(core, state.NowPs);
        var decision = transfer is ExokernelProtocol.Transfer entry
            ? transfers.Enter(environment, entry, to, ref atPs)
            : transfers.Return(
                environment, (ExokernelProtocol.TransferBack)transfer, to, ref atPs);
        if (decision is { } taken)
            Arm(core, taken, atPs);
    }

    /// <summary>Makes a transfer that was kept until its environment runs again.</summary>
    public void TakeDeferredTransfer(EnvironmentRecord environment)
    {
        if (environment.DeferredTransfers is not { Count: > 0 } kept
            || machines[environment.Core.Number].Running != environment.Number)
            return;
        var (transfer, to) = kept.Dequeue();
        Transfer(environment, transfer, to);
    }

    /// <summary>A word was written that a sleeping environment waits for: idle cores look.
    /// </summary>
    public void LookAgain()
    {
        for (var core = 0; core < Cores.Length; core++)
        {
            if (machines[core].Running == SliceVector.Nobody)
                CarryOut(core, machines[core].Reconsider(state.NowPs), state.NowPs);
        }
    }

    /// <summary>An environment sleeps until a device interrupts.</summary>
    public void Sleep(EnvironmentRecord environment)
    {
        var core = environment.Core;
        if (machines[core.Number].Running != environment.Number)
            return;
        var atPs = state.Work.Enter(core, state.NowPs);
        if (environment.HasRung || environment.Context.State != ContextState.Blocked)
        {
            environment.HasRung = false;
            atPs = state.Work.Return(core, atPs);
            environment.Context.Wake(atPs);
            state.Tell(
                environment, ExokernelProtocol.SliceStarts.Instance, atPs, environment.Number);
            return;
        }

        core.Preempt(atPs);
        environment.IsAsleep = true;
        CarryOut(
            core.Number,
            machines[core.Number].Sleep(environment.Number, Picoseconds.Never, atPs), atPs);
    }

    /// <summary>
    /// An environment gives the rest of its slice away, to a named one or to the next.
    /// </summary>
    public void Yield(EnvironmentRecord environment, int to)
    {
        var core = environment.Core;
        var machine = machines[core.Number];
        if (machine.Running != environment.Number)
            return;
        var atPs = state.Work.Enter(core, state.NowPs);
        core.Preempt(atPs);
        var isNamed = to >= 0 && state.Environments.ByNumber(to)?.Core == core
            && machine.CheckYield(environment.Number, to) == SliceRefusal.None;
        var decision = isNamed
            ? machine.Yield(environment.Number, to, atPs)
            : machine.Finish(environment.Number, atPs);
        if (decision.Action == SliceAction.Continue)
            decision = decision with { Action = SliceAction.Resume };
        CarryOut(core.Number, decision, atPs);
    }

    /// <summary>The library of an environment whose slice is over has saved its context.</summary>
    public void Saved(EnvironmentRecord environment)
    {
        var core = environment.Core;
        var machine = machines[core.Number];
        if (machine.Running != environment.Number || !machine.IsSaving)
            return;
        var atPs = state.Work.Enter(core, state.NowPs);
        core.Preempt(atPs);
        CarryOut(core.Number, machine.Finish(environment.Number, atPs), atPs);
    }

    bool IWakeUps.IsDue(int environment, ref int products) =>
        state.Environments.ByNumber(environment) is { HasRung: true }
        || state.Sleepers.IsDue(environment, ref products);

    private bool HasRoom(int core) =>
        !isOwned[core] && machines[core].Vector.HeldCount < machines[core].Vector.Length;

    /// <summary>A core whose vector is empty; one stays for those that share.</summary>
    private Core? FreeCore()
    {
        var shared = Cores.Count(core => !isOwned[core.Number]);
        var keeps = pins.Any(count => count > 0) ? 1 : 0;
        return shared <= keeps ? null
            : Array.Find(Cores, core => !isOwned[core.Number] && pins[core.Number] == 0);
    }

    private void CarryOut(int number, SliceDecision decision, long atPs)
    {
        var core = Cores[number];
        atPs = state.Work.EvaluateProducts(core, decision.Products, atPs);
        switch (decision.Action)
        {
            case SliceAction.StartSlice or SliceAction.Enter or SliceAction.Resume:
                atPs = Dispatch(core, state.Environments.ByNumber(decision.Environment)!, atPs);
                break;
            case SliceAction.EndSlice:
                var ending = state.Environments.ByNumber(decision.Environment)!;
                if (!state.Sections.Hold(ending, SoftwareInterrupts.SliceEnd, atPs))
                    TellOfEnd(ending, atPs);
                break;
            case SliceAction.Destroy:
                state.Lives.End(state.Environments.ByNumber(decision.Environment)!, atPs);
                return;
            default:
                break;
        }

        Arm(core, decision, atPs);
    }

    private void Arm(Core core, SliceDecision decision, long atPs)
    {
        if (decision.TimerPs == Picoseconds.Never)
            core.DisarmTimer();
        else
            core.ArmTimer(Math.Max(state.NowPs, Math.Max(atPs, decision.TimerPs)));
    }

    private long Dispatch(Core core, EnvironmentRecord environment, long atPs)
    {
        var space = environment.Memory.Space;
        atPs = state.Work.Choose(core, atPs);
        if (!ReferenceEquals(core.Mmu.Current, space))
            atPs = state.Work.SwitchSpace(core, atPs);
        atPs = state.Work.TellOfSlice(core, atPs);
        core.Mmu.Activate(space);
        core.IsExclusive = environment.OwnsItsCore && state.Network.Card is null
            && machines[core.Number].Vector.HolderCount == 1;
        environment.IsAsleep = false;
        environment.HasRung = false;
        environment.Context.Wake(atPs);
        var word = state.Sleepers.Awake(environment.Number);
        var transfers = environment.DeferredTransfers is { Count: > 0 };
        // The library is entered before its program goes on: it must not take the start of this
        // slice for what the program asks for then. Who has still to make a transfer goes on with
        // that.
        if (!transfers)
            state.Tell(environment, ExokernelProtocol.SliceStarts.Instance, atPs, word);
        core.Dispatch(environment.Context, atPs);
        if (environment.Upcalls.Count > 0
            && !state.Sections.Hold(environment, SoftwareInterrupts.Revocation, atPs))
            atPs = TellUpcalls(environment, atPs);
        if (transfers || environment.Deferred is not null || environment.HasException)
        {
            state.Machine.Island.Schedule(
                atPs, state.Kernel, ExokernelProtocol.DeferredCall.Instance, state.Kernel,
                environment.Number);
        }

        return atPs;
    }
}
