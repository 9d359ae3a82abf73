using Disguise.Actors.Faults;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>The guards of the servers at user level.</summary>
public static class ServerGuards
{
    /// <summary>
    /// The network server takes packets from its driver only, which it knows by the badge of the
    /// capability it gave it. Off, whoever may call it can hand it buffers as packets.
    /// </summary>
    public static readonly Guard PacketsOfDriver = new("network-server-packets-of-driver");
}
