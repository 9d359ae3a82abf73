using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.Kernels.Monolithic.Sockets;

/// <summary>A datagram that waits in a socket, in the buffer that the device wrote.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="Queue">The queue pair whose driver has its buffer.</param>
/// <param name="PayloadOffsetBytes">Where its payload starts in the frame.</param>
/// <param name="PayloadBytes">Bytes of payload.</param>
/// <param name="Source">From which address.</param>
/// <param name="SourcePort">From which port.</param>
/// <param name="Token">Number of the datagram in its kernel.</param>
/// <param name="IsAfterIdle">Whether its core had been idle when it came.</param>
public readonly record struct Datagram(
    Packet Packet,
    int Queue,
    int PayloadOffsetBytes,
    int PayloadBytes,
    Ipv4Address Source,
    ushort SourcePort,
    long Token,
    bool IsAfterIdle);
