using Disguise.Hardware.Cores;
using Disguise.Kernels.Exokernel.Processor;
using Disguise.Kernels.Exokernel.Regions;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Protected control transfer (Engler et al., SOSP 1995, section 5.2.1): the program counter of
/// the callee's protected entry, its address space and the caller's slice, in one step; no
/// register of the application is touched. Anybody may enter anybody: who may do what is for the
/// callee to decide, by the caller's number that the kernel gives it.
/// </summary>
internal sealed class Transfers(KernelState state, Processors machines)
{
    private readonly bool tellsCaller = state.Machine.Guards.IsOn(TransferGuards.Caller);

    /// <summary>An environment enters another; null where it was refused, and is told.</summary>
    public SliceDecision? Enter(
        EnvironmentRecord caller, ExokernelProtocol.Transfer transfer, int to, ref long atPs)
    {
        var core = caller.Core;
        var machine = machines[core.Number];
        var callee = state.Environments.ByNumber(to);
        var refusal = callee is null || callee.Core != core ? SliceRefusal.NoSuchEnvironment
            : machine.CheckEnter(caller.Number, to, transfer.IsSynchronous);
        if (refusal == SliceRefusal.None
            && state.Sections.IsInside(callee!))
            refusal = SliceRefusal.Busy;
        if (refusal != SliceRefusal.None)
        {
            Refuse(caller, refusal, ref atPs);
            return null;
        }

        core.Preempt(atPs);
        var decision = machine.Enter(caller.Number, to, transfer.IsSynchronous, atPs);
        var word = tellsCaller ? caller.Number : (long)transfer.Registers.First;
        Pass(core, callee!, new ExokernelProtocol.Entered(transfer.Registers), word, ref atPs);
        return decision;
    }

    /// <summary>An environment returns to one that entered it and waits; null likewise.</summary>
    public SliceDecision? Return(
        EnvironmentRecord callee, ExokernelProtocol.TransferBack back, int to, ref long atPs)
    {
        var core = callee.Core;
        var machine = machines[core.Number];
        var caller = state.Environments.ByNumber(to);
        var refusal = caller is null || caller.Core != core ? SliceRefusal.NoSuchEnvironment
            : machine.CheckReturn(callee.Number, to);
        if (refusal != SliceRefusal.None)
        {
            Refuse(callee, refusal, ref atPs);
            return null;
        }

        core.Preempt(atPs);
        var decision = machine.Return(callee.Number, to, atPs);
        Pass(core, caller!, new ExokernelProtocol.Came(back.Registers), to, ref atPs);
        return decision;
    }

    private void Refuse(EnvironmentRecord environment, SliceRefusal refusal, ref long atPs)
    {
        atPs = state.Work.Return(environment.Core, atPs);
        var result = new CallResult(ExokernelRefusal.TransferRefused, (long)refusal);
        state.Tell(environment, new ExokernelProtocol.Returned(result), atPs);
    }

    private void Pass(
        Core core, EnvironmentRecord to, object message, long word, ref long atPs)
    {
        atPs = state.Work.Transfer(core, atPs);
        if (!ReferenceEquals(core.Mmu.Current, to.Memory.Space))
            atPs = state.Work.SwitchSpace(core, atPs);
        atPs = state.Work.Return(core, atPs);
        core.Mmu.Activate(to.Memory.Space);
        to.IsAsleep = false;
        state.Sleepers.Forget(to.Number);
        to.Context.Wake(atPs);
        core.Dispatch(to.Context, atPs);
        state.Tell(to, message, atPs, word);
    }
}
