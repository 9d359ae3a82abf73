using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Monolithic;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// The instruction that traps, and the registers that go with it: what a C library's stubs are.
/// One call is under way at a time.
/// </summary>
/// <param name="context">The context that calls.</param>
/// <param name="kernel">The kernel.</param>
public sealed class SystemCallGate(CpuContext context, IslandActorRef kernel) : Routine
{
    private readonly MonolithicProtocol.SystemCall call = new(context);
    private Phase phase;

    private enum Phase : byte
    {
        Ended,
        Trap,
        Return,
    }

    /// <summary>The result of the last call, or an error negated.</summary>
    public long ReturnValue { get; private set; }

    /// <summary>Bytes that the last call received that received any.</summary>
    public int ReceivedBytes { get; private set; }

    /// <summary>Why the last call failed, if it did.</summary>
    public ErrorNumber Error => ReturnValue < 0 ? (ErrorNumber)(-ReturnValue) : ErrorNumber.None;

    /// <summary>
    /// Calls the kernel with arguments; true when the call succeeded. The result is in
    /// <see cref="ReturnValue"/>.
    /// </summary>
    public RoutineAwaiter Call(
        SystemCallNumber number, long argument0 = 0, long argument1 = 0, long argument2 = 0,
        long argument3 = 0, long argument4 = 0)
    {
        call.Number = number;
        call.Argument0 = argument0;
        call.Argument1 = argument1;
        call.Argument2 = argument2;
        call.Argument3 = argument3;
        call.Argument4 = argument4;
        return Start();
    }

    /// <summary>Calls <c>fork</c> for a child whose actor is there.</summary>
    public RoutineAwaiter Fork(ForkedProcess child)
    {
        call.Child = child;
        return Call(SystemCallNumber.Fork);
    }

    /// <summary>The kernel has returned.</summary>
    public void Returned(long result)
    {
        ReturnValue = result;
        call.Child = null;
        if (call.Number == SystemCallNumber.ReceiveFrom && result >= 0)
            ReceivedBytes = (int)result;
        context.Answer();
    }

    /// <inheritdoc/>
    protected override bool Advance()
    {
        switch (phase)
        {
            case Phase.Ended:
                phase = Phase.Trap;
                var ready = context.SyncBeforeSend();
                if (Suspends(ready, ready.IsCompleted))
                    return false;
                goto case Phase.Trap;
            case Phase.Trap:
                phase = Phase.Return;
                context.Owner.Island.Schedule(context.ClockPs, kernel, call, context.Owner);
                return !Suspends(context.AwaitAnswer(), false);
            default:
                phase = Phase.Ended;
                Result = ReturnValue >= 0;
                return true;
        }
    }
}
