using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Abstractions.Network;

/// <summary>A packet where the device put it, in the domain's memory.</summary>
/// <param name="memory">Where the memory is that holds it.</param>
/// <param name="address">Address of the first byte.</param>
/// <param name="packet">The packet.</param>
public readonly struct BufferedFrame(IExecution memory, ulong address, Packet packet)
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
