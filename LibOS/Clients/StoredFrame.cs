using Disguise.Actors.Wires;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Clients;

/// <summary>A frame in an island's store, whose checksums nobody has looked at.</summary>
/// <param name="frames">The store.</param>
/// <param name="frame">Handle of the frame.</param>
public readonly struct StoredFrame(FrameStore frames, long frame) : IReceivedFrame
{
    /// <inheritdoc/>
    public int LengthBytes => frames.Read(frame).Length;

    /// <inheritdoc/>
    public ChecksumStatus Checksums => ChecksumStatus.None;

    /// <inheritdoc/>
    public void Read(int offsetBytes, Span<byte> destination) =>
        frames.Read(frame).Slice(offsetBytes, destination.Length).CopyTo(destination);
}
