using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Native;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Posix;

/// <summary>A datagram that waits in a socket's queue, still in the buffer of the ring.</summary>
internal readonly record struct KeptDatagram(Packet Packet, Reception Reception);
