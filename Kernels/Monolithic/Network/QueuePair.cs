using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Execution;
using Disguise.Kernels.Monolithic.QueueingDisciplines;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>
/// A queue pair of the physical function as the kernel drives it, on the core of its number: its
/// driver, the buffers that queues of the kernel hold, and what waits for its transmit ring.
/// </summary>
internal sealed class QueuePair
{
    private readonly int heldLimit;

    public QueuePair(
        int number, INetworkDriver driver, int heldLimit, int transmitQueueLength, string function)
    {
        Number = number;
        Driver = driver;
        this.heldLimit = heldLimit;
        Function = function;
        Waiting = new PacketFifo(transmitQueueLength);
    }

    /// <summary>Its number, and that of its core and of its vector.</summary>
    public int Number { get; }

    /// <summary>Its driver.</summary>
    public INetworkDriver Driver { get; }

    /// <summary>Address of the function, for those who follow requests.</summary>
    public string Function { get; }

    /// <summary>Whether its interrupt is off and it is to be polled (NAPI_STATE_SCHED).</summary>
    public bool IsPolled { get; set; }

    /// <summary>Whether its ring was full: the device is to say when it has sent.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Packets that wait for its ring (pfifo_fast).</summary>
    public PacketFifo Waiting { get; }

    /// <summary>Serialises those who transmit on it.</summary>
    public VirtualLock TransmitLock { get; } = new();

    /// <summary>The line of that lock and of the device's statistics.</summary>
    public SharedLine TransmitLine { get; } = new();

    /// <summary>Buffers that are in queues of the kernel.</summary>
    public int HeldCount { get; private set; }

    /// <summary>A received packet stays in the kernel. False when too many do.</summary>
    public bool TryHold()
    {
        if (HeldCount == heldLimit)
            return false;
        HeldCount++;
        return true;
    }

    /// <summary>Takes a buffer for a packet to be made. False when too many are held.</summary>
    public bool TryTakeBuffer(out ushort buffer)
    {
        buffer = 0;
        if (HeldCount == heldLimit || !Driver.TryTakeBuffer(out buffer))
            return false;
        HeldCount++;
        return true;
    }

    /// <summary>A packet that was held is nobody's any more.</summary>
    public void Release(in Packet packet)
    {
        HeldCount--;
        Driver.Done(packet);
    }

    /// <summary>Posts a packet that was held; the ring must have room.</summary>
    public void Post(in Packet packet)
    {
        HeldCount--;
        Driver.Post(packet);
    }
}
