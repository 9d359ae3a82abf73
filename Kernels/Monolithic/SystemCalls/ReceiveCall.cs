using System.Runtime.CompilerServices;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.Sockets;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary><c>recvfrom</c>: waits for a datagram and copies it to the process.</summary>
internal sealed class ReceiveCall(
    KernelServices kernel, SystemCallTable table, UserMemory memory)
{
    /// <summary>Checks the arguments.</summary>
    public void Enter(ProcessTask task)
    {
        kernel.Execution.Charge(SharedStackCosts.ArgumentCheckReceive);
        var call = task.Call!;
        var error = task.Process.Find<Socket>(call.Argument0) is not { } socket
            ? ErrorNumber.BadDescriptor
            : call.Argument2 < 0 ? ErrorNumber.InvalidArgument
            : ErrorNumber.None;
        if (error != ErrorNumber.None)
        {
            table.Return(task, error);
            return;
        }

        task.Socket = task.Process.Find<Socket>(call.Argument0);
        task.Phase = CallPhase.Receive;
        kernel.Scheduler.ContinueAtClock(task);
    }

    /// <summary>Takes a datagram, or sleeps until there is one.</summary>
    public void Look(ProcessTask task)
    {
        var socket = task.Socket!;
        if (socket.Network.IsDown)
        {
            table.Return(task, ErrorNumber.NetworkDown);
        }
        else if (socket.Buffer.Count > 0)
        {
            Take(task, socket);
        }
        else if (((MessageFlags)task.Call!.Argument3 & MessageFlags.DoNotWait) != 0)
        {
            table.Return(task, ErrorNumber.TryAgain);
        }
        else
        {
            socket.Receiver = task;
            kernel.Scheduler.Sleep(task);
        }
    }

    private void Take(ProcessTask task, Socket socket)
    {
        var execution = kernel.Execution;
        execution.Acquire(socket.Lock);
        socket.Buffer.TryTake(out var datagram);
        kernel.Network.Requests?.RequestTaken(
            execution.Executor, datagram.Token, execution.ClockPs);
        task.IsAfterIdle = datagram.IsAfterIdle;
        execution.Touch(socket.Line);
        execution.Touch(kernel.Network.MemoryAccount);
        execution.Charge(SharedStackCosts.SocketLockReceive);
        execution.Release(socket.Lock);
        var copied = Copy(task, datagram);
        kernel.Network.Queues[datagram.Queue].Release(datagram.Packet);
        if (copied >= 0)
            kernel.Network.Received.CountSent();
        else
            kernel.Network.Received.CountDropped(MonolithicDrops.BadUserAddress);
        // The buffer is freed under the socket's lock (skb_free_datagram_locked).
        table.ReturnAfterSection(task, copied >= 0 ? copied : -(long)ErrorNumber.BadAddress);
    }

    /// <summary>Copies what fits, and the sender's address. -1 for a bad address.</summary>
    [SkipLocalsInit]
    private int Copy(ProcessTask task, in Datagram datagram)
    {
        var call = task.Call!;
        var execution = kernel.Execution;
        Span<byte> bytes = stackalloc byte[QueueLayout.BufferBytes];
        bytes = bytes[..(int)Math.Min(datagram.PayloadBytes, call.Argument2)];
        var queue = kernel.Network.Queues[datagram.Queue];
        execution.Read(
            queue.Driver.AddressOf(datagram.Packet) + (ulong)datagram.PayloadOffsetBytes, bytes);
        execution.Charge(SharedStackCosts.UserCopyReceive);
        execution.Charge(ProfileCosts.CopyReceive, bytes.Length);
        if (task.IsAfterIdle)
            execution.Charge(CoreStateCosts.CopyReceiveAfterIdle);
        if (!memory.TryWrite(task.Context, call.Argument1, bytes))
            return -1;
        if (call.Argument4 == 0)
            return bytes.Length;
        Span<byte> address = stackalloc byte[SocketAddress.LengthBytes];
        new SocketAddress(datagram.Source, datagram.SourcePort).Write(address);
        return memory.TryWrite(task.Context, call.Argument4, address) ? bytes.Length : -1;
    }
}
