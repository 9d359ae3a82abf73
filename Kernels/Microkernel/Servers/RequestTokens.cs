using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// By what a request is known that passes from one domain to another, for who follows it. One
/// packet lies in a buffer at a time, and one message is under way each way between a process and
/// its server.
/// </summary>
public static class RequestTokens
{
    /// <summary>A packet in a buffer of a queue, between driver and network server.</summary>
    public static long OfBuffer(int queue, int buffer) =>
        (1L << 40) | ((long)queue << 16) | (ushort)buffer;

    /// <summary>A datagram from the network server to the process with an address.</summary>
    public static long ToProcess(Ipv4Address ip) => (2L << 40) | ip.Value;

    /// <summary>A datagram from that process to the network server.</summary>
    public static long FromProcess(Ipv4Address ip) => (3L << 40) | ip.Value;
}
