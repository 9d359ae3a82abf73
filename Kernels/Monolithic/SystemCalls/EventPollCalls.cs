using Disguise.Actors.Time;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.Sockets;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary><c>epoll_create1</c>, <c>epoll_ctl</c> and <c>epoll_wait</c>.</summary>
internal sealed class EventPollCalls(
    KernelServices kernel, SystemCallTable table, UserMemory memory)
{
    /// <summary>Most events of one call.</summary>
    private const int EventLimit = 64;

    /// <summary>Makes a set.</summary>
    public void Create(ProcessTask task)
    {
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var descriptor = task.Process.Open(new EventPoll());
        var calledPs = kernel.NowPs;
        var result = descriptor < 0 ? -(long)ErrorNumber.TooManyOpen : descriptor;
        table.Return(task, result);
        SocketCalls.Report(kernel, "epoll-create", result, calledPs);
    }

    /// <summary>Changes a set.</summary>
    public void Control(ProcessTask task)
    {
        kernel.Execution.Charge(SharedStackCosts.EventNotification);
        var calledPs = kernel.NowPs;
        var error = Change(task);
        table.Return(task, error);
        SocketCalls.Report(kernel, "epoll-ctl", -(long)error, calledPs);
    }

    /// <summary>Checks the arguments of a wait.</summary>
    public void EnterWait(ProcessTask task)
    {
        kernel.Execution.Charge(SharedStackCosts.EventWait);
        var call = task.Call!;
        var error = task.Process.Find<EventPoll>(call.Argument0) is null
                ? ErrorNumber.BadDescriptor
            : call.Argument2 <= 0 ? ErrorNumber.InvalidArgument
            : ErrorNumber.None;
        if (error != ErrorNumber.None)
        {
            table.Return(task, error);
            return;
        }

        task.Phase = CallPhase.Events;
        kernel.Scheduler.ContinueAtClock(task);
    }

    /// <summary>Says which sockets are ready, or sleeps until one is.</summary>
    public void Look(ProcessTask task)
    {
        var call = task.Call!;
        var poll = task.Process.Find<EventPoll>(call.Argument0)!;
        Span<PolledEvent> events = stackalloc PolledEvent[EventLimit];
        var count = poll.Collect(events[..(int)Math.Min(EventLimit, call.Argument2)]);
        if (count > 0)
        {
            Span<byte> bytes = stackalloc byte[EventLimit * PolledEvent.LengthBytes];
            for (var index = 0; index < count; index++)
                events[index].Write(bytes[(index * PolledEvent.LengthBytes)..]);
            bytes = bytes[..(count * PolledEvent.LengthBytes)];
            table.Return(task, memory.TryWrite(task.Context, call.Argument1, bytes)
                ? count : -(long)ErrorNumber.BadAddress);
        }
        else if (call.Argument3 == 0 || task.IsExpired)
        {
            table.Return(task, 0L);
        }
        else
        {
            Sleep(task, poll, call.Argument3);
        }
    }

    /// <summary>A wait has lasted as long as it should; the word is task and call.</summary>
    public static void Expire(KernelServices kernel, long word)
    {
        if (kernel.Processes.FindTask((int)(word >> 32)) is not ProcessTask task
            || task.CallCount != (int)word || task.Phase != CallPhase.Events)
            return;
        task.IsExpired = true;
        if (task.Process.Find<EventPoll>(task.Call!.Argument0) is { } poll)
            poll.Waiter = null;
        kernel.Execution.WorkOn(kernel.Machine.Cores[task.Core], kernel.NowPs);
        kernel.Execution.Charge(Hardware.Cores.HardwareCosts.Interrupt);
        kernel.Scheduler.Wake(task);
    }

    private void Sleep(ProcessTask task, EventPoll poll, long timeoutMilliseconds)
    {
        poll.Waiter = task;
        if (timeoutMilliseconds > 0 && !task.IsTimed)
        {
            task.IsTimed = true;
            var longest = long.MaxValue / 2 / Picoseconds.PerMillisecond;
            var waitPs = Math.Min(timeoutMilliseconds, longest) * Picoseconds.PerMillisecond;
            kernel.Machine.Island.Schedule(
                kernel.NowPs + waitPs, kernel.Actor, MonolithicProtocol.WaitExpired.Instance,
                kernel.Actor, ((long)task.Number << 32) | (uint)task.CallCount);
        }

        kernel.Scheduler.Sleep(task);
    }

    private ErrorNumber Change(ProcessTask task)
    {
        var call = task.Call!;
        if (task.Process.Find<EventPoll>(call.Argument0) is not { } poll
            || task.Process.Find<Socket>(call.Argument2) is not { } socket)
        {
            return ErrorNumber.BadDescriptor;
        }

        if (call.Argument1 == PolledEvent.Delete)
            return poll.Remove(socket);
        Span<byte> bytes = stackalloc byte[PolledEvent.LengthBytes];
        if (!memory.TryRead(task.Context, call.Argument3, bytes))
            return ErrorNumber.BadAddress;
        var asked = PolledEvent.Read(bytes);
        return call.Argument1 switch
        {
            PolledEvent.Add => poll.Add(socket, asked),
            PolledEvent.Modify => poll.Modify(socket, asked),
            _ => ErrorNumber.InvalidArgument,
        };
    }
}
