namespace Disguise.Hardware.Network;

/// <summary>Which way a frame goes, seen from the interface that records it.</summary>
public enum FrameDirection
{
    /// <summary>Towards the interface's owner.</summary>
    Received,

    /// <summary>From the interface's owner.</summary>
    Sent,
}
