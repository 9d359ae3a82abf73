using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// The library's half of protected control transfer (Engler, Kaashoek and O'Toole, SOSP 1995,
/// section 5.2.1): the code at the protected entry, and the call that enters another. Registers
/// are the message. Who is entered while it does something else answers that it is busy; who
/// enters is known by the number that the kernel gives, not by what a register says.
/// </summary>
internal sealed class ProtectedEntry(CpuContext context, IslandActorRef kernel)
{
    /// <summary>The first register of an answer: taken, or refused by the library.</summary>
    public const ulong Taken = 1;

    private static readonly WakeupPredicate Never = WakeupPredicate.Of(
        PredicateOperand.Number(0), PredicateOperator.Equal, PredicateOperand.Number(1));

    private static readonly TransferRegisters Busy = new();

    private State state;
    private TransferRegisters? message;
    private int from;
    private CallResult refusal;
    private bool hasDeclined;

    private enum State : byte
    {
        Busy,
        Entering,
        Waiting,
    }

    /// <summary>
    /// Enters another environment and waits until it comes back, with what it says in registers.
    /// Null where the kernel refuses, or when the other has ended.
    /// </summary>
    public async EmulatedTask<TransferRegisters?> Enter(int to, TransferRegisters registers)
    {
        while (true)
        {
            await Leave(
                State.Entering, new ExokernelProtocol.Transfer(registers, IsSynchronous: true),
                to);
            // The end of the slice came between.
            if (!WasInterrupted())
                return message;
        }
    }

    /// <summary>
    /// Enters another environment, gives it the rest of the slice, and goes on in a slice of its
    /// own. False where the kernel refuses.
    /// </summary>
    public async EmulatedTask<bool> EnterAndGoOn(int to, TransferRegisters registers)
    {
        do
        {
            await Leave(
                State.Entering, new ExokernelProtocol.Transfer(registers, IsSynchronous: false),
                to);
        }
        while (WasInterrupted());
        return refusal.Refusal == ExokernelRefusal.None;
    }

    /// <summary>Waits until somebody enters: with what, and who.</summary>
    public async EmulatedTask<(TransferRegisters Registers, int From)> NextEntry()
    {
        do
        {
            await Leave(
                State.Waiting, new ExokernelProtocol.SleepFor(Never, Picoseconds.Never));
        }
        while (message is null);
        return (message, from);
    }

    /// <summary>
    /// Goes back to who entered, with an answer, and waits until somebody enters. The answer is
    /// lost where who entered has ended.
    /// </summary>
    public async EmulatedTask<(TransferRegisters Registers, int From)> Reply(
        int to, TransferRegisters registers)
    {
        do
        {
            await Leave(State.Waiting, new ExokernelProtocol.TransferBack(registers), to);
        }
        while (WasInterrupted());
        return message is null ? await NextEntry() : (message, from);
    }

    /// <summary>Goes back to who entered, with an answer, and goes on in a slice of its own.
    /// </summary>
    public async EmulatedTask ReplyAndGoOn(int to, TransferRegisters registers)
    {
        do
        {
            await Leave(State.Entering, new ExokernelProtocol.TransferBack(registers), to);
        }
        while (WasInterrupted());
    }

    /// <summary>Somebody has entered.</summary>
    public void Entered(TransferRegisters registers, int by)
    {
        hasDeclined = false;
        if (state == State.Waiting)
        {
            message = registers;
            from = by;
            GoOn();
            return;
        }

        hasDeclined = true;
        context.Owner.Island.Schedule(
            context.Owner.Island.NowPs, kernel, new ExokernelProtocol.TransferBack(Busy),
            context.Owner, by);
    }

    /// <summary>Who was entered has come back.</summary>
    public void Came(TransferRegisters registers)
    {
        hasDeclined = false;
        message = registers;
        GoOn();
    }

    /// <summary>Whether a slice that starts is what the program waited for here.</summary>
    public bool SliceStarted()
    {
        hasDeclined = false;
        if (state == State.Busy)
            return false;
        GoOn();
        return true;
    }

    /// <summary>Whether an answer of the kernel is one to a transfer.</summary>
    public bool Returned(CallResult result)
    {
        if (result.Refusal == ExokernelRefusal.TransferRefused && hasDeclined)
        {
            // Whoever entered did not wait for an answer: the program goes on in its slice.
            hasDeclined = false;
            return true;
        }

        if (state == State.Busy)
            return false;
        refusal = result;
        GoOn();
        return true;
    }

    private bool WasInterrupted() =>
        refusal is { Refusal: ExokernelRefusal.TransferRefused } refused
        && (SliceRefusal)refused.Value == SliceRefusal.NotRunning;

    private async EmulatedTask Leave(State waiting, object crossing, long word = 0)
    {
        await context.SyncBeforeSend();
        message = null;
        refusal = default;
        state = waiting;
        context.Owner.Island.Schedule(
            context.ClockPs, kernel, crossing, context.Owner, word);
        await context.AwaitAnswer();
    }

    private void GoOn()
    {
        state = State.Busy;
        context.Answer();
    }
}
