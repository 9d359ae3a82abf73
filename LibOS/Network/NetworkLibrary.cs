using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Native;

namespace Disguise.LibOS.Network;

/// <summary>The network of this library, for whoever links it: a kernel or a server.</summary>
public sealed class NetworkLibrary : INetworkLibrary
{
    /// <summary>The only instance; it keeps nothing.</summary>
    public static NetworkLibrary Instance { get; } = new();

    /// <inheritdoc/>
    public INetworkStack MakeStack(MacAddress mac, Ipv4Address ip) => new NetworkStack(mac, ip);

    /// <inheritdoc/>
    public INetworkDriver MakeDriver(
        IExecution execution, in QueueLayout layout, ulong registers, int queue,
        int arrivalVector) =>
        new QueueDriver(
            execution, layout, registers, arrivalVector, queue, sharesFunction: true);
}
