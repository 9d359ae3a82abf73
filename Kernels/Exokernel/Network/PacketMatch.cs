namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// What a binding of the shared card matches exactly: an Ethernet and an IPv4 address, and a UDP
/// port where it is not 0.
/// </summary>
internal readonly record struct PacketMatch(ulong Mac, uint Ip, ushort Port);
