namespace Disguise.Hardware.Captures;

/// <summary>
/// Which way a frame passed the interface (draft-ietf-opsawg-pcapng section 4.3.1, bits 0 and 1).
/// </summary>
public enum CaptureDirection : byte
{
    /// <summary>Not recorded.</summary>
    Unknown = 0,

    /// <summary>The interface received it.</summary>
    Inbound = 1,

    /// <summary>The interface sent it.</summary>
    Outbound = 2,
}
