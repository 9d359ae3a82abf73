using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Posix;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Ipc;

/// <summary>
/// <c>sendto</c> as a call to the network server: the kernel copies the payload out of the
/// process' buffer, and the answer says whether the datagram has gone to the driver.
/// </summary>
internal sealed class SendCall(
    UserThread thread, Handle server, Ipv4Address self, IRequestObserver? requests)
    : ServerCall(thread, server)
{
    private ulong socket;
    private ulong buffer;
    private int lengthBytes;
    private UdpPeer peer;

    /// <summary>Sends a payload from a socket.</summary>
    public RoutineAwaiter Send(ulong from, ulong at, int length, UdpPeer to)
    {
        (socket, buffer, lengthBytes, peer) = (from, at, length, to);
        return Ask();
    }

    protected override void Fill(ThreadRegisters registers)
    {
        registers.Begin(ServerLabels.Send);
        registers.Add(socket);
        registers.Add(peer.Ip.Value);
        registers.Add(peer.Port);
        registers.StringAddress = buffer;
        registers.StringBytes = lengthBytes;
        requests?.RequestQueued(
            Thread.Context, RequestTokens.FromProcess(self), Thread.Context.ClockPs);
    }

    protected override bool Take(ThreadRegisters registers) =>
        registers[0] == (ulong)ServerStatus.Done;
}
