using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Composition;

/// <summary>
/// An actor that is a protection domain with one context, on which one program runs that reads top
/// to bottom. A failure of the program is a crash of the actor; its end is the actor's end.
/// </summary>
public abstract class ProgramActor : EmulatedActor
{
    private EmulatedTask program;
    private bool hasBegun;

    /// <summary>Makes the context; it has no core yet.</summary>
    /// <param name="plan">The machine.</param>
    /// <param name="account">Whom its work is booked to.</param>
    protected ProgramActor(MachinePlan plan, LedgerAccount account)
    {
        Cpu = new CpuContext(Me, 0, plan.Board.Costs, account) { Observer = plan.Requests };
        Memory = new DomainMemory(Cpu, plan.Board.Costs.Of(DeviceCosts.PciePostedWrite));
    }

    /// <summary>The context.</summary>
    protected CpuContext Cpu { get; }

    /// <summary>Memory as the context sees it, in the address space that its core has.</summary>
    protected DomainMemory Memory { get; }

    /// <summary>The program, from its begin to its end.</summary>
    protected abstract EmulatedTask Run();

    /// <summary>
    /// Has the program begin, or go on with the answer that it awaits. The context must have a
    /// core.
    /// </summary>
    protected void GoOn()
    {
        if (hasBegun)
        {
            Cpu.Answer();
            return;
        }

        hasBegun = true;
        program = Run();
    }

    /// <summary>Takes any message but those by which the context goes on.</summary>
    protected abstract void OnMessage(object message);

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (message is ContextResume)
            Cpu.Resume(Word);
        else
            OnMessage(message);
        if (!hasBegun || !program.IsCompleted)
            return;
        program.GetResult();
        Context.Stop(Self);
    }
}
