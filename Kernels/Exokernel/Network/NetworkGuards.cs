using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>The guards of network bindings.</summary>
public static class NetworkGuards
{
    /// <summary>
    /// A binding is authorised when it is made: by a capability to its address. Off, an environment
    /// can bind another's.
    /// </summary>
    public static readonly Guard Address = new("exokernel-network-address");

    /// <summary>
    /// What is sent over the shared card must come from the sender's own address. Off, an
    /// environment sends in the name of another.
    /// </summary>
    public static readonly Guard TransmitSource = new("exokernel-transmit-source");

    /// <summary>
    /// Frames of the shared card get half of a core where an environment wants it. Off, the kernel
    /// receives for as long as frames come, and no environment may get to see one of them.
    /// </summary>
    public static readonly Guard ReceiveShare = new("exokernel-receive-share");

    /// <summary>
    /// What is given back on a request must be who gives it's own. Off, an environment answers
    /// with the binding of another.
    /// </summary>
    public static readonly Guard GivenBack = new("exokernel-given-back");
}
