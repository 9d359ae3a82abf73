using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.QueueingDisciplines;
using Disguise.Kernels.Monolithic.Sockets;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>
/// The network of one tenant in the kernel: a stack with an address of its own, its sockets, and
/// its traffic class.
/// </summary>
internal sealed class NetworkNamespace
{
    private readonly List<Socket?> sockets = new(1);

    public NetworkNamespace(int number, INetworkStack stack, int queue)
    {
        Number = number;
        Stack = stack;
        Queue = queue;
    }

    /// <summary>Number of the namespace in the kernel; its receive filter has it too.</summary>
    public int Number { get; }

    /// <summary>Its protocols.</summary>
    public INetworkStack Stack { get; }

    /// <summary>The queue pair to which its frames are steered.</summary>
    public int Queue { get; }

    /// <summary>Its class where its rate is limited.</summary>
    public TrafficClass? Class { get; set; }

    /// <summary>Whether its address was taken away.</summary>
    public bool IsDown { get; set; }

    /// <summary>Its sockets; null where one was closed.</summary>
    public IReadOnlyList<Socket?> Sockets => sockets;

    /// <summary>Enters a socket: the number by which the stack knows it.</summary>
    public int Add(Socket socket)
    {
        var free = sockets.IndexOf(null);
        if (free >= 0)
            sockets[free] = socket;
        else
            sockets.Add(socket);
        return free >= 0 ? free : sockets.Count - 1;
    }

    /// <summary>Takes a socket out.</summary>
    public void Remove(int number) => sockets[number] = null;

    /// <summary>The socket that has a number, or none.</summary>
    public Socket? Find(int number) =>
        (uint)number < (uint)sockets.Count ? sockets[number] : null;
}
