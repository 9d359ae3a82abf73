using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Pipes;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.Sockets;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>
/// The calls that make, name and close sockets: the control plane of this kernel.
/// </summary>
internal sealed class SocketCalls(
    KernelServices kernel, SystemCallTable table, UserMemory memory)
{
    /// <summary>Binds a socket to a port; 0 asks for an ephemeral one.</summary>
    public static ErrorNumber Bind(Socket socket, ushort port)
    {
        if (socket.Port != 0)
            return ErrorNumber.InvalidArgument;
        var result = socket.Network.Stack.Bind(port, socket.Number, out var bound);
        if (result == BindResult.Bound)
            socket.Port = bound;
        return result switch
        {
            BindResult.Bound => ErrorNumber.None,
            BindResult.PortInUse => ErrorNumber.AddressInUse,
            _ => ErrorNumber.NoBuffers,
        };
    }

    /// <summary><c>socket</c>.</summary>
    public void Open(ProcessTask task)
    {
        var options = kernel.Options;
        var process = task.Process;
        var descriptor = process.Network.IsDown ? -(int)ErrorNumber.NetworkDown : -1;
        if (!process.Network.IsDown)
        {
            var socket = new Socket(
                process.Network, options.ReceiveBufferBytes, options.SendBufferBytes);
            descriptor = process.Open(socket);
            if (descriptor < 0)
            {
                process.Network.Remove(socket.Number);
                descriptor = -(int)ErrorNumber.TooManyOpen;
            }
        }

        Return(task, "socket", descriptor);
    }

    /// <summary><c>bind</c>.</summary>
    public void Bind(ProcessTask task)
    {
        var call = task.Call!;
        Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
        var error = task.Process.Find<Socket>(call.Argument0) is not { } socket
                ? ErrorNumber.BadDescriptor
            : !memory.TryRead(task.Context, call.Argument1, bytes) ? ErrorNumber.BadAddress
            : !SocketAddress.TryRead(bytes, out var address)
                || (address.Ip != Ipv4Address.Any && address.Ip != socket.Network.Stack.Ip)
                ? ErrorNumber.InvalidArgument
            : Bind(socket, address.Port);
        Return(task, "bind", -(long)error);
    }

    /// <summary><c>getsockname</c>.</summary>
    public void Name(ProcessTask task)
    {
        var call = task.Call!;
        var error = ErrorNumber.BadDescriptor;
        if (task.Process.Find<Socket>(call.Argument0) is { } socket)
        {
            Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
            new SocketAddress(socket.Network.Stack.Ip, socket.Port).Write(bytes);
            error = memory.TryWrite(task.Context, call.Argument1, bytes)
                ? ErrorNumber.None : ErrorNumber.BadAddress;
        }

        Return(task, "getsockname", -(long)error);
    }

    /// <summary><c>close</c>.</summary>
    public void Close(ProcessTask task)
    {
        var process = task.Process;
        var descriptor = task.Call!.Argument0;
        var error = ErrorNumber.None;
        if (process.Find<Socket>(descriptor) is { } socket)
            kernel.Lives.Close(socket);
        else if (process.Find<EventPoll>(descriptor) is { } poll)
            poll.Close();
        else if (process.Find<PipeEnd>(descriptor) is { } end)
            kernel.Local.Close(end);
        else
            error = ErrorNumber.BadDescriptor;
        if (error == ErrorNumber.None)
            process.Close(descriptor);
        Return(task, "close", -(long)error);
    }

    /// <summary>A control call ends: it is charged and reported.</summary>
    public static void Report(KernelServices kernel, string kind, long result, long calledPs) =>
        kernel.Options.Observer?.ControlCall(
            kind, result < 0, calledPs, kernel.Execution.ClockPs);

    private void Return(ProcessTask task, string kind, long result)
    {
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var calledPs = kernel.NowPs;
        table.Return(task, result);
        Report(kernel, kind, result, calledPs);
    }
}
