using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Ipc;

/// <summary>
/// <c>recvfrom</c> as a call to the network server: the answer comes when a datagram is there, and
/// the kernel copies its payload into the process' buffer.
/// </summary>
internal sealed class ReceiveCall(
    UserThread thread, Handle server, Ipv4Address self, IRequestObserver? requests)
    : ServerCall(thread, server)
{
    private ulong socket;
    private ulong buffer;
    private int capacityBytes;

    /// <summary>Bytes that were copied.</summary>
    public int ReceivedBytes { get; private set; }

    /// <summary>From whom the datagram came.</summary>
    public Ipv4Address Source { get; private set; }

    /// <summary>From which port.</summary>
    public ushort SourcePort { get; private set; }

    /// <summary>To which port.</summary>
    public ushort DestinationPort { get; private set; }

    /// <summary>Waits for a datagram of a socket.</summary>
    public RoutineAwaiter Receive(ulong from, ulong to, int capacity)
    {
        (socket, buffer, capacityBytes) = (from, to, capacity);
        return Ask();
    }

    protected override void Fill(ThreadRegisters registers)
    {
        registers.Begin(ServerLabels.Receive);
        registers.Add(socket);
        registers.WindowAddress = buffer;
        registers.WindowBytes = capacityBytes;
    }

    protected override bool Take(ThreadRegisters registers)
    {
        registers.WindowBytes = 0;
        if (registers[0] != (ulong)ServerStatus.Done)
            return false;
        requests?.RequestTaken(
            Thread.Context, RequestTokens.ToProcess(self), Thread.Context.ClockPs);
        ReceivedBytes = registers.ReceivedBytes;
        Source = new Ipv4Address((uint)registers[1]);
        SourcePort = (ushort)(registers[2] >> 16);
        DestinationPort = (ushort)registers[2];
        return true;
    }
}
