using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Regions;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Critical sections of environments, carried out: what comes for one that is in its section waits
/// until it leaves, or until the bound.
/// </summary>
internal sealed class Sections(KernelState state)
{
    private readonly CriticalSections book = new(
        state.Machine.Memory, state.Options.SectionBoundPs, state.Machine.Guards);

    /// <summary>Sections that took longer than the bound.</summary>
    public long BrokenCount { get; private set; }

    /// <summary>Serves a call.</summary>
    public CallResult Serve(EnvironmentRecord caller, SectionCall call) => call switch
    {
        SectionCall.Register register => Register(caller.Number, register),
        SectionCall.Leave => new CallResult(
            ExokernelRefusal.None, (long)book.Take(caller.Number)),
        _ => throw new InvalidOperationException($"no call {call.Name}"),
    };

    /// <summary>Whether something that comes for an environment has to wait.</summary>
    public bool Hold(EnvironmentRecord environment, SoftwareInterrupts coming, long atPs)
    {
        var beforePs = book.DeadlineOf(environment.Number);
        if (book.Raise(environment.Number, coming, atPs))
            return false;
        var deadlinePs = book.DeadlineOf(environment.Number);
        if (deadlinePs != beforePs && deadlinePs != Picoseconds.Never)
        {
            state.Machine.Island.Schedule(
                deadlinePs, state.Kernel, ExokernelProtocol.SectionDue.Instance, state.Kernel,
                environment.Number);
        }

        return true;
    }

    /// <summary>
    /// Whether an environment is in its section: who only wants to enter it waits for nothing, so
    /// that no bound begins.
    /// </summary>
    public bool IsInside(EnvironmentRecord environment) => book.IsInside(environment.Number);

    /// <summary>The bound of a section has come, if it has: the clock interrupts.</summary>
    public void Pass(EnvironmentRecord environment)
    {
        var held = book.Expire(environment.Number, state.NowPs);
        if (held == SoftwareInterrupts.None)
            return;
        BrokenCount++;
        Deliver(environment, held, state.Work.TakeClock(environment.Core, state.NowPs));
    }

    /// <summary>
    /// What was held back arrives.
    /// </summary>
    public void Deliver(EnvironmentRecord environment, SoftwareInterrupts held, long atPs)
    {
        if (held.HasFlag(SoftwareInterrupts.Revocation))
            atPs = state.Processor.TellUpcalls(environment, atPs);
        if (held.HasFlag(SoftwareInterrupts.SliceEnd))
            state.Processor.TellOfEnd(environment, atPs);
    }

    /// <summary>A frame goes to another: areas in it are none any more.</summary>
    public void Break(long frame, long atPs)
    {
        while (book.TryBreak(frame, out var number, out var held))
        {
            if (held != SoftwareInterrupts.None
                && state.Environments.ByNumber(number) is { } environment)
                Deliver(environment, held, atPs);
        }
    }

    /// <summary>An environment ends.</summary>
    public void End(int environment) => book.Forget(environment);

    private CallResult Register(int caller, SectionCall.Register call)
    {
        var refusal = state.Memory.Frames.CheckOwner(caller, call.Frame);
        if (refusal == ExokernelRefusal.None)
        {
            refusal = state.Memory.Frames.UseOf(call.Frame) == FrameUse.Table
                ? ExokernelRefusal.FrameIsTable
                : state.Regions.HasRegion(call.Frame) ? ExokernelRefusal.FrameHasRegion
                : call.OffsetBytes % sizeof(uint) != 0 || call.OffsetBytes < 0
                    || call.OffsetBytes > Frame.SizeBytes - CriticalSections.AreaBytes
                    ? ExokernelRefusal.BadRange
                : ExokernelRefusal.None;
        }

        if (refusal == ExokernelRefusal.None)
            book.Register(caller, Frame.AddressOf(call.Frame) + call.OffsetBytes);
        return new CallResult(refusal);
    }
}
