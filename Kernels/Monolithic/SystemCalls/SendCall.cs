using System.Runtime.CompilerServices;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Network;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.QueueingDisciplines;
using Disguise.Kernels.Monolithic.Sockets;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>
/// <c>sendto</c>: copies a datagram from the process into a packet, and hands it to the queue of
/// its core.
/// </summary>
internal sealed class SendCall(KernelServices kernel, SystemCallTable table, UserMemory memory)
{
    private const int HeadBytes =
        EthernetHeader.LengthBytes + Ipv4Header.LengthBytes + UdpHeader.LengthBytes;

    private readonly AnswerSink answers = new(kernel.Network);

    /// <summary>Checks the arguments, and goes on if there is room in the send buffer.</summary>
    public void Enter(ProcessTask task)
    {
        kernel.Execution.Charge(SharedStackCosts.ArgumentCheckSend);
        var error = Check(task);
        if (error != ErrorNumber.None)
        {
            table.Return(task, error);
        }
        else if (task.Socket!.MaySend)
        {
            Make(task);
        }
        else
        {
            task.Phase = CallPhase.Room;
            kernel.Scheduler.ContinueAtClock(task);
        }
    }

    /// <summary>Goes on when packets of the socket have left, or sleeps until then.</summary>
    public void LookForRoom(ProcessTask task)
    {
        var socket = task.Socket!;
        if (socket.Network.IsDown)
        {
            table.Return(task, ErrorNumber.NetworkDown);
        }
        else if (socket.MaySend)
        {
            Make(task);
        }
        else if (((MessageFlags)task.Call!.Argument3 & MessageFlags.DoNotWait) != 0)
        {
            table.Return(task, ErrorNumber.TryAgain);
        }
        else
        {
            socket.Sender = task;
            kernel.Scheduler.Sleep(task);
        }
    }

    /// <summary>Writes the headers and sends the packet.</summary>
    public void Transmit(ProcessTask task)
    {
        var socket = task.Socket!;
        var (packet, number) = task.Outgoing;
        var queue = kernel.Network.Queues[number];
        var stack = socket.Network.Stack;
        answers.Queue = queue;
        var error = socket.Network.IsDown ? ErrorNumber.NetworkDown
            : !stack.TryResolve(task.Destination.Ip, answers, out var mac)
                ? ErrorNumber.HostUnreachable
            : WriteHeaders(stack, socket, mac, task.Destination, queue, packet);
        if (error != ErrorNumber.None)
        {
            kernel.Network.Transmitted.CountDropped(error == ErrorNumber.NetworkDown
                ? MonolithicDrops.SocketClosed : MonolithicDrops.NeighbourUnknown);
            queue.Release(packet);
            if (queue.Driver.HasNews)
                queue.Driver.TellDevice();
        }
        else
        {
            error = kernel.Transmit.Send(
                socket.Network,
                new OutgoingPacket(packet, number, socket, kernel.Network.TakeToken()));
        }

        // The way to the ring is one section (ip_finish_output2).
        table.ReturnAfterSection(
            task,
            error == ErrorNumber.None ? packet.LengthBytes - HeadBytes : -(long)error);
    }

    private ErrorNumber WriteHeaders(
        INetworkStack stack, Socket socket, MacAddress to, SocketAddress destination,
        QueuePair queue, in Packet packet)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        var endpoints = new UdpEndpoints(
            new Ipv4Endpoints(stack.Mac, to, stack.Ip, destination.Ip), socket.Port,
            destination.Port);
        var length = stack.WriteUdpHeaders(head, endpoints, packet.LengthBytes - HeadBytes);
        if (length != HeadBytes)
            throw new InvalidOperationException($"headers of {length} bytes, not {HeadBytes}");
        kernel.Execution.Write(queue.Driver.AddressOf(packet), head);
        return ErrorNumber.None;
    }

    private ErrorNumber Check(ProcessTask task)
    {
        var call = task.Call!;
        task.Socket = task.Process.Find<Socket>(call.Argument0);
        if (task.Socket is not { } socket)
            return ErrorNumber.BadDescriptor;
        if (socket.Network.IsDown)
            return ErrorNumber.NetworkDown;
        if ((ulong)call.Argument2 > FrameBuilder.MaximumPayloadBytes)
            return ErrorNumber.MessageSize;
        Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
        if (!memory.TryRead(task.Context, call.Argument4, bytes))
            return ErrorNumber.BadAddress;
        if (!SocketAddress.TryRead(bytes, out var destination) || destination.Port == 0)
            return ErrorNumber.InvalidArgument;
        task.Destination = destination;
        return socket.Port != 0 ? ErrorNumber.None : SocketCalls.Bind(socket, 0);
    }

    /// <summary>Makes the packet but for its headers.</summary>
    [SkipLocalsInit]
    private void Make(ProcessTask task)
    {
        var execution = kernel.Execution;
        var call = task.Call!;
        var queues = kernel.Network.Queues;
        var queue = queues[execution.Core.Number % queues.Length];
        if (!queue.TryTakeBuffer(out var buffer))
        {
            table.Return(task, ErrorNumber.NoBuffers);
            return;
        }

        kernel.Network.Transmitted.CountReceived();
        Span<byte> bytes = stackalloc byte[QueueLayout.BufferBytes];
        bytes = bytes[..(int)call.Argument2];
        var packet = new Packet(buffer, 0, HeadBytes + bytes.Length, NeedsChecksums: true);
        if (!memory.TryCopyIn(task, call.Argument1, bytes))
        {
            kernel.Network.Transmitted.CountDropped(MonolithicDrops.BadUserAddress);
            queue.Release(packet);
            table.Return(task, ErrorNumber.BadAddress);
            return;
        }

        execution.Write(queue.Driver.AddressOf(packet) + HeadBytes, bytes);
        execution.Charge(SharedStackCosts.SocketLockSend);
        execution.Charge(SharedStackCosts.SendBufferAccounting);
        execution.Charge(ProfileCosts.StackSendPosix);
        if (task.IsAfterIdle)
            execution.Charge(CoreStateCosts.StackSendAfterIdle);
        task.Outgoing = (packet, queue.Number);
        task.Phase = CallPhase.Transmit;
        kernel.Scheduler.ContinueAtClock(task);
    }
}
