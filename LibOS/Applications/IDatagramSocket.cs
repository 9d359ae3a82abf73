using Disguise.Actors.Execution;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Applications;

/// <summary>
/// A UDP service as an application sees it, whatever interface of the library stands behind it.
/// One datagram is under work at a time: the one received last.
/// </summary>
public interface IDatagramSocket
{
    /// <summary>From whom to whom the datagram under work came.</summary>
    UdpEndpoints Endpoints { get; }

    /// <summary>Bytes of its payload.</summary>
    int PayloadBytes { get; }

    /// <summary>Binds the socket's UDP port; where a kernel has the ports, a system call.</summary>
    EmulatedTask<BindResult> Bind(ushort port);

    /// <summary>Waits for the next datagram. False when the interface has been taken away.
    /// </summary>
    RoutineAwaiter Receive();

    /// <summary>
    /// Sends the payload of the datagram under work back to where it came from. False when it was
    /// not sent.
    /// </summary>
    RoutineAwaiter Reply();
}
