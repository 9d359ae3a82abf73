namespace Disguise.Kernels.Monolithic.Sockets;

/// <summary>
/// What packets take of a socket's buffer: not their bytes, but the memory that holds them
/// (<c>truesize</c>).
/// </summary>
public static class BufferSpace
{
    /// <summary>Bytes of header and shared part of a packet's structure (SKB_TRUESIZE(0)).
    /// </summary>
    public const int StructureBytes = 576;

    /// <summary>Bytes of a received packet's head (IXGBE_RX_HDR_SIZE).</summary>
    public const int HeadBytes = 256;

    /// <summary>Bytes of the half page that holds what does not fit into the head.</summary>
    public const int PageBytes = 2_048;

    /// <summary>The size of a received packet: a small one is copied into its head.</summary>
    public static int OfReceived(int frameBytes) =>
        StructureBytes + HeadBytes + (frameBytes <= HeadBytes ? 0 : PageBytes);

    /// <summary>The size of a packet to be sent: data in a power of two from 512 bytes.</summary>
    public static int OfSent(int frameBytes)
    {
        var bytes = 512;
        while (bytes < frameBytes)
            bytes *= 2;
        return StructureBytes + bytes;
    }
}
