using Disguise.Kernels.Abstractions.Network;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>
/// A datagram that a stack has taken in: it goes into its socket when that work's time has passed.
/// </summary>
internal readonly record struct PendingDelivery(
    NetworkNamespace Network, Packet Packet, Reception Reception, bool IsAfterIdle);
