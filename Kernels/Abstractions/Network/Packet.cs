using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Abstractions.Network;

/// <summary>
/// A packet in a buffer that the program owns until it sends it or is done with it.
/// </summary>
/// <param name="Buffer">Number of the buffer.</param>
/// <param name="OffsetBytes">Where the frame starts in the buffer.</param>
/// <param name="LengthBytes">Bytes of the frame.</param>
/// <param name="Checksums">What the device found out, of a packet received.</param>
/// <param name="NeedsChecksums">Whether the device is to fill checksums in when it is sent.
/// </param>
public readonly record struct Packet(
    ushort Buffer,
    int OffsetBytes,
    int LengthBytes,
    ChecksumStatus Checksums = ChecksumStatus.None,
    bool NeedsChecksums = false);
