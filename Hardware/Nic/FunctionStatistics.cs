using Disguise.Hardware.Network;

namespace Disguise.Hardware.Nic;

/// <summary>
/// What a function counts: its statistics registers (82599 datasheet section 8.3.5.11) and, beside
/// them, every drop and every refused write by reason. Made when there is something to count.
/// </summary>
public sealed class FunctionStatistics
{
    private long[] refusals = [];

    /// <summary>Frames from the wire into memory and back, and drops.</summary>
    public PacketCounters Packets { get; } = new();

    /// <summary>Frames put into memory.</summary>
    public long GoodPacketsReceived { get; private set; }

    /// <summary>Their bytes, with frame check sequences.</summary>
    public long GoodOctetsReceived { get; private set; }

    /// <summary>Those to a group address.</summary>
    public long MulticastPacketsReceived { get; private set; }

    /// <summary>Frames taken from memory and sent.</summary>
    public long GoodPacketsTransmitted { get; private set; }

    /// <summary>Their bytes, with frame check sequences.</summary>
    public long GoodOctetsTransmitted { get; private set; }

    /// <summary>Interrupt messages sent.</summary>
    public long InterruptCount { get; internal set; }

    /// <summary>DMAs of the function that the IOMMU refused.</summary>
    public long DmaFaultCount { get; internal set; }

    /// <summary>Register writes that were ignored for a reason.</summary>
    public long RefusedFor(RegisterRefusal reason) =>
        (int)reason < refusals.Length ? refusals[(int)reason] : 0;

    internal void CountRefused(RegisterRefusal reason)
    {
        if ((int)reason >= refusals.Length)
            Array.Resize(ref refusals, (int)reason + 1);
        refusals[(int)reason]++;
    }

    internal void CountReceived(int frameBytes, bool isMulticast)
    {
        GoodPacketsReceived++;
        GoodOctetsReceived += frameBytes + Wire.EthernetLimits.FrameCheckSequenceBytes;
        if (isMulticast)
            MulticastPacketsReceived++;
    }

    internal void CountTransmitted(int frameBytes)
    {
        GoodPacketsTransmitted++;
        GoodOctetsTransmitted += frameBytes + Wire.EthernetLimits.FrameCheckSequenceBytes;
    }
}
