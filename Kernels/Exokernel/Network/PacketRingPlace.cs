namespace Disguise.Kernels.Exokernel.Network;

/// <summary>Where an environment keeps the rings that its kernel is to fill and empty.</summary>
/// <param name="ReceiveRing">Virtual address of the receive ring.</param>
/// <param name="ReceiveSize">Descriptors of it: 8 to 4,096, a multiple of 8.</param>
/// <param name="TransmitRing">Virtual address of the transmit ring.</param>
/// <param name="TransmitSize">Descriptors of it, likewise.</param>
public readonly record struct PacketRingPlace(
    ulong ReceiveRing, int ReceiveSize, ulong TransmitRing, int TransmitSize);
