namespace Disguise.LibOS.Native;

/// <summary>
/// What a library's receiver and sender know of a queue that its kernel fills and empties in the
/// place of a device: to tell it of packets is a call.
/// </summary>
public interface IKernelQueue
{
    /// <summary>
    /// Whether the driver has called the kernel since this was last asked: then the context awaits
    /// the answer before it goes on.
    /// </summary>
    bool TakeCall();

    /// <summary>Names the packet in a receive descriptor, for who follows requests.</summary>
    long TokenOfReceived(int index);

    /// <summary>Names the packet in a transmit descriptor.</summary>
    long TokenOfSent(int index);
}
