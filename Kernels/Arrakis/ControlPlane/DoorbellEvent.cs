namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>What a doorbell can be associated with (Arrakis, TOCS 2015, section 3.4).</summary>
public enum DoorbellEvent : byte
{
    /// <summary>A packet has arrived in a receive queue.</summary>
    PacketArrival,

    /// <summary>The card is done with a packet of a transmit queue.</summary>
    TransmitCompletion,
}
