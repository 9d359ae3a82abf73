namespace Disguise.Kernels.Abstractions.Network;

/// <summary>Where frames go that the stack makes itself: answers to ARP and ICMP.</summary>
public interface IFrameSink
{
    /// <summary>Takes a copy of a frame to be sent. False when there is no room for it.</summary>
    bool TrySend(ReadOnlySpan<byte> frame);
}
