using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Sockets;

namespace Disguise.Kernels.Monolithic.QueueingDisciplines;

/// <summary>A packet on its way out of the kernel.</summary>
/// <param name="Packet">The packet, headers and all.</param>
/// <param name="Queue">The queue pair whose driver has its buffer, and which sends it.</param>
/// <param name="Sender">Whose send buffer it is charged to.</param>
/// <param name="Token">Number of the packet in its kernel.</param>
internal readonly record struct OutgoingPacket(
    Packet Packet, int Queue, Socket Sender, long Token);
