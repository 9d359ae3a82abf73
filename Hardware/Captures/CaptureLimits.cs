namespace Disguise.Hardware.Captures;

/// <summary>Limits that keep a damaged or hostile capture file from exhausting memory.</summary>
public static class CaptureLimits
{
    /// <summary>Longest captured frame, in bytes (as MAXIMUM_SNAPLEN of libpcap).</summary>
    public const int MaximumFrameBytes = 262_144;

    /// <summary>Longest pcapng block, in bytes (as MAX_BLOCK_SIZE of Wireshark).</summary>
    public const int MaximumBlockBytes = 16 * 1_024 * 1_024;

    /// <summary>Most interfaces of one file.</summary>
    public const int MaximumInterfaces = 65_536;

    /// <summary>Longest name or comment that is written, in bytes of UTF-8.</summary>
    public const int MaximumTextBytes = 4_096;

    /// <summary>Most frames that are read into a list at once.</summary>
    public const int MaximumFrames = 16 * 1_024 * 1_024;
}
