namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>How a server answers.</summary>
public enum ServerStatus : byte
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The arguments mean nothing.</summary>
    BadArgument,

    /// <summary>There is no buffer, or no room to send.</summary>
    NoRoom,

    /// <summary>The neighbour's Ethernet address is not known yet; ARP has asked for it.</summary>
    Unresolved,

    /// <summary>The network is gone: its driver has ended.</summary>
    Gone,
}
