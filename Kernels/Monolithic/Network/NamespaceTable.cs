using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>The network namespaces of the kernel, by Ethernet address and in order.</summary>
internal sealed class NamespaceTable
{
    private readonly Dictionary<ulong, NetworkNamespace> byAddress = [];
    private readonly List<NetworkNamespace> inOrder = [];

    /// <summary>Those that are up, in the order in which they were made.</summary>
    public IReadOnlyList<NetworkNamespace> Up => inOrder;

    /// <summary>Adds one. False when another one has its address.</summary>
    public bool TryAdd(NetworkNamespace added)
    {
        if (!byAddress.TryAdd(added.Stack.Mac.Value, added))
            return false;
        inOrder.Add(added);
        return true;
    }

    /// <summary>Takes one out.</summary>
    public void Remove(NetworkNamespace removed)
    {
        if (inOrder.Remove(removed))
            byAddress.Remove(removed.Stack.Mac.Value);
    }

    /// <summary>The one that has an address.</summary>
    public bool TryFind(MacAddress address, out NetworkNamespace found) =>
        byAddress.TryGetValue(address.Value, out found!);
}
