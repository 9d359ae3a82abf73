using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>The guards of network bindings.</summary>
public static class NetworkGuards
{
    /// <summary>
    /// A binding is authorised when it is made: its address must be the environment's. Off, an
    /// environment can bind another's.
    /// </summary>
    public static readonly Guard Address = new("exokernel-network-address");

    /// <summary>
    /// What is given back on a request must be who gives it's own. Off, an environment answers
    /// with the binding of another.
    /// </summary>
    public static readonly Guard GivenBack = new("exokernel-given-back");
}
