namespace Disguise.Kernels.Abstractions.Network;

/// <summary>
/// Driver of one queue pair of a NIC's function as a library: rings and buffers in the memory of
/// the domain that it is linked into. What it looks at is what memory holds when it is called:
/// who calls it has synced before.
/// </summary>
public interface INetworkDriver : IFrameSink
{
    /// <summary>The function was taken: nothing comes any more and nothing may be sent.</summary>
    bool IsClosed { get; }

    /// <summary>Whether a packet is there.</summary>
    bool HasPacket { get; }

    /// <summary>Where the device says that the next packet is there, to wait for a write.</summary>
    ulong ArrivalAddress { get; }

    /// <summary>The receive descriptor that is filled next.</summary>
    int NextReceived { get; }

    /// <summary>The transmit descriptor that was posted last.</summary>
    int LastPosted { get; }

    /// <summary>Whether no transmit descriptor is free.</summary>
    bool IsTransmitFull { get; }

    /// <summary>Packets posted that the device has not reported as sent.</summary>
    int PendingCount { get; }

    /// <summary>
    /// Where the device will say next that it has sent; the transmit ring must be full.
    /// </summary>
    ulong ReportAddress { get; }

    /// <summary>Whether the device is to be told of packets or buffers.</summary>
    bool HasNews { get; }

    /// <summary>Sets the queue pair up: rings, interrupt of arrivals, buffers.</summary>
    void Initialize();

    /// <summary>Has the next arrival interrupt, once.</summary>
    void ArmDoorbell();

    /// <summary>Takes the packet that is there and charges the lines that the device wrote.
    /// </summary>
    Packet Take();

    /// <summary>Address of a packet's first byte.</summary>
    ulong AddressOf(in Packet packet);

    /// <summary>Gives a packet's buffer back.</summary>
    void Done(in Packet packet);

    /// <summary>Takes a buffer to send from. False when none is free.</summary>
    bool TryTakeBuffer(out ushort buffer);

    /// <summary>Posts a packet; the transmit ring must not be full.</summary>
    void Post(in Packet packet);

    /// <summary>Replenishes the rings when it pays.</summary>
    void ReplenishIfDue();

    /// <summary>Takes back what the device has sent, and gives it buffers to receive into.
    /// </summary>
    void Replenish();

    /// <summary>Tells the device what is new.</summary>
    void TellDevice();

    /// <summary>The function is gone; its registers are not to be touched any more.</summary>
    void Close();
}
