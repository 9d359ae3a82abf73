using Disguise.Kernels.Monolithic.Pipes;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary><c>open</c>, <c>read</c> and <c>write</c> of named pipes.</summary>
internal sealed class PipeCalls(
    KernelServices kernel, SystemCallTable table, UserMemory memory)
{
    /// <summary>The end of a pipe that is read.</summary>
    public const long ReadEnd = 0;

    /// <summary>The end of a pipe that is written.</summary>
    public const long WriteEnd = 1;

    /// <summary><c>open(name, end)</c>: does not wait for the other end.</summary>
    public void Open(ProcessTask task)
    {
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var call = task.Call!;
        var result = call.Argument1 is ReadEnd or WriteEnd
            ? Open(task.Process, call.Argument0, call.Argument1 == WriteEnd)
            : -(long)ErrorNumber.InvalidArgument;
        var calledPs = kernel.NowPs;
        table.Return(task, result);
        SocketCalls.Report(kernel, "open", result, calledPs);
    }

    /// <summary>Checks the arguments of a read or write.</summary>
    public void Enter(ProcessTask task)
    {
        kernel.Execution.Charge(LocalCommunicationCosts.PipeCall);
        var call = task.Call!;
        var isWrite = call.Number == SystemCallNumber.Write;
        var end = task.Process.Find<PipeEnd>(call.Argument0);
        var error = end is null || end.IsWriter != isWrite ? ErrorNumber.BadDescriptor
            : call.Argument2 <= 0 ? ErrorNumber.InvalidArgument
            : ErrorNumber.None;
        if (error != ErrorNumber.None)
        {
            table.Return(task, error);
            return;
        }

        task.Pipe = end;
        task.Phase = CallPhase.Pipe;
        kernel.Scheduler.ContinueAtClock(task);
    }

    /// <summary>Reads what there is or writes what goes in whole, or sleeps until it can.</summary>
    public void Look(ProcessTask task)
    {
        var end = task.Pipe!;
        var pipe = end.Pipe;
        var bytes = (int)Math.Min(task.Call!.Argument2, Pipe.CapacityBytes);
        if (end.IsWriter && end.Other is { IsClosed: true })
            table.Return(task, ErrorNumber.BrokenPipe);
        else if (end.IsWriter && pipe.RoomBytes >= bytes)
            Move(task, pipe, bytes);
        else if (!end.IsWriter && pipe.Count > 0)
            Move(task, pipe, Math.Min(bytes, pipe.Count));
        else if (!end.IsWriter && pipe.IsAtEnd)
            table.Return(task, 0L);
        else
            Sleep(task, end);
    }

    private void Sleep(ProcessTask task, PipeEnd end)
    {
        end.Waiter = task;
        kernel.Scheduler.Sleep(task);
    }

    /// <summary>Bytes are in a pipe, or out of it, when they have been copied and not before.
    /// </summary>
    private void Move(ProcessTask task, Pipe pipe, int bytes)
    {
        if (bytes > task.CopiedBytes)
        {
            kernel.Execution.Charge(LocalCommunicationCosts.PipeByte, bytes - task.CopiedBytes);
            task.CopiedBytes = bytes;
            kernel.Scheduler.ContinueAtClock(task);
            return;
        }

        Span<byte> moved = stackalloc byte[Pipe.CapacityBytes];
        if (task.Pipe!.IsWriter)
            Write(task, pipe, moved[..bytes]);
        else
            Read(task, pipe, moved[..bytes]);
    }

    private void Write(ProcessTask task, Pipe pipe, Span<byte> moved)
    {
        if (!memory.TryRead(task.Context, task.Call!.Argument1, moved))
        {
            table.Return(task, ErrorNumber.BadAddress);
            return;
        }

        pipe.Put(moved);
        kernel.Local.WakeOther(task.Pipe!);
        table.Return(task, moved.Length);
    }

    private void Read(ProcessTask task, Pipe pipe, Span<byte> moved)
    {
        pipe.Peek(moved);
        if (!memory.TryWrite(task.Context, task.Call!.Argument1, moved))
        {
            table.Return(task, ErrorNumber.BadAddress);
            return;
        }

        pipe.Drop(moved.Length);
        kernel.Local.WakeOther(task.Pipe!);
        table.Return(task, moved.Length);
    }

    private long Open(Process process, long name, bool isWriter)
    {
        if (kernel.Local.Find(name) is not { } pipe)
            return -(long)ErrorNumber.NoBuffers;
        if ((isWriter ? pipe.Writer : pipe.Reader) is not null)
            return -(long)ErrorNumber.Busy;
        var end = new PipeEnd(pipe, isWriter);
        var descriptor = process.Open(end);
        if (isWriter && descriptor >= 0)
            pipe.Writer = end;
        else if (descriptor >= 0)
            pipe.Reader = end;
        else
            kernel.Local.Close(end);
        return descriptor >= 0 ? descriptor : -(long)ErrorNumber.TooManyOpen;
    }
}
