using Disguise.Hardware.Cores;
using Disguise.Kernels.Monolithic.Execution;
using Disguise.Kernels.Monolithic.Network;
using Disguise.Kernels.Monolithic.Processes;

namespace Disguise.Kernels.Monolithic.Sockets;

/// <summary>A UDP socket of a process.</summary>
internal sealed class Socket
{
    private readonly int sendLimitBytes;

    public Socket(NetworkNamespace network, int receiveLimitBytes, int sendLimitBytes)
    {
        Network = network;
        Buffer = new ReceiveBuffer(receiveLimitBytes);
        this.sendLimitBytes = sendLimitBytes;
        Number = network.Add(this);
    }

    /// <summary>Its namespace.</summary>
    public NetworkNamespace Network { get; }

    /// <summary>Number in its namespace.</summary>
    public int Number { get; }

    /// <summary>The port that it is bound to; 0 before.</summary>
    public ushort Port { get; set; }

    /// <summary>Datagrams that wait.</summary>
    public ReceiveBuffer Buffer { get; }

    /// <summary>The task that sleeps until a datagram comes.</summary>
    public ProcessTask? Receiver { get; set; }

    /// <summary>The task that sleeps until there is room to send.</summary>
    public ProcessTask? Sender { get; set; }

    /// <summary>The set in which it is waited for with others.</summary>
    public EventPoll? Poll { get; set; }

    /// <summary>Serialises receiver and soft interrupt on different cores.</summary>
    public VirtualLock Lock { get; } = new();

    /// <summary>The line of that lock and of the buffer's account.</summary>
    public SharedLine Line { get; } = new();

    /// <summary>Whether its process has closed it.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Memory of its packets that wait to be sent, bytes.</summary>
    public int UnsentBytes { get; private set; }

    /// <summary>Whether another packet may wait to be sent.</summary>
    public bool MaySend => UnsentBytes < sendLimitBytes;

    /// <summary>A packet of the socket begins to wait for a queueing discipline.</summary>
    public void Hold(int frameBytes) => UnsentBytes += BufferSpace.OfSent(frameBytes);

    /// <summary>It has left.</summary>
    public void Let(int frameBytes) => UnsentBytes -= BufferSpace.OfSent(frameBytes);
}
