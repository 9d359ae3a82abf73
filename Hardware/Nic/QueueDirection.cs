namespace Disguise.Hardware.Nic;

/// <summary>The side of a queue pair that a rate or a filter is for.</summary>
public enum QueueDirection
{
    /// <summary>From the wire into memory.</summary>
    Receive,

    /// <summary>From memory onto the wire.</summary>
    Transmit,
}
