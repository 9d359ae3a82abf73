using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Abstractions.Network;

/// <summary>
/// A frame that has arrived, where it lies: in a ring's buffer, a packet buffer of a kernel, a
/// server's window. The stack reads of it what it needs, mostly its headers alone.
/// </summary>
public interface IReceivedFrame
{
    /// <summary>Bytes of the frame, without frame check sequence.</summary>
    int LengthBytes { get; }

    /// <summary>What the device has found out about its checksums.</summary>
    ChecksumStatus Checksums { get; }

    /// <summary>Reads bytes from an offset on; they lie within the frame.</summary>
    void Read(int offsetBytes, Span<byte> destination);
}
