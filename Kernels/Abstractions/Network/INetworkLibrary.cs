using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Abstractions.Network;

/// <summary>
/// The network as a library that can be linked into a container, a kernel or a server: where it
/// is linked decides the architecture.
/// </summary>
public interface INetworkLibrary
{
    /// <summary>Makes the protocols of one host.</summary>
    INetworkStack MakeStack(MacAddress mac, Ipv4Address ip);

    /// <summary>
    /// Makes the driver of one of several queue pairs of a function whose registers and memory are
    /// mapped. It does not reset the function.
    /// </summary>
    /// <param name="execution">Where it runs.</param>
    /// <param name="layout">Where its rings and buffers are.</param>
    /// <param name="registers">Address of the function's registers.</param>
    /// <param name="queue">The queue pair.</param>
    /// <param name="arrivalVector">
    /// MSI-X vector for arrivals, which is the queue's number, or -1 for none.
    /// </param>
    INetworkDriver MakeDriver(
        IExecution execution, in QueueLayout layout, ulong registers, int queue,
        int arrivalVector);
}
