namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// A network binding that was authorised: a virtual function, used without the kernel, or a share
/// of the physical one.
/// </summary>
/// <param name="Function">The virtual function.</param>
/// <param name="CoreVector">The interrupt vector of the environment's core, or -1.</param>
/// <param name="FirstFilter">The first of its filters' numbers.</param>
/// <param name="ReceiveFilters">Filters of frames to it, from the first on.</param>
/// <param name="TransmitFilters">Filters of frames that it sends, behind those.</param>
internal sealed record NetworkBinding(
    int Function, int CoreVector, long FirstFilter, int ReceiveFilters, int TransmitFilters)
{
    /// <summary>Set where the card is shared: the function's number is one that there is not then.
    /// </summary>
    public SharedBinding? Shared { get; init; }
}
