namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// Names a request while a packet ring holds it that kernel and library share, for who follows
/// requests: by the environment's address and the descriptor.
/// </summary>
public static class PacketToken
{
    private const long Sent = 1 << 15;

    /// <summary>Of a packet received.</summary>
    public static long OfReceived(ulong mac, int index) => ((long)mac << 16) | (uint)index;

    /// <summary>Of a packet that is to be sent.</summary>
    public static long OfSent(ulong mac, int index) => OfReceived(mac, index) | Sent;
}
