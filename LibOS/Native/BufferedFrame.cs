using Disguise.Hardware.Wire;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Native;

/// <summary>A packet where the device put it, in the domain's memory.</summary>
/// <param name="memory">The domain's memory.</param>
/// <param name="address">Virtual address of the first byte.</param>
/// <param name="packet">The packet.</param>
public readonly struct BufferedFrame(DomainMemory memory, ulong address, Packet packet)
    : IReceivedFrame
{
    /// <inheritdoc/>
    public int LengthBytes => packet.LengthBytes;

    /// <inheritdoc/>
    public ChecksumStatus Checksums => packet.Checksums;

    /// <inheritdoc/>
    public void Read(int offsetBytes, Span<byte> destination) =>
        memory.Read(address + (ulong)offsetBytes, destination);
}
