namespace Disguise.Hardware.Wire;

/// <summary>
/// Why a destination is unreachable (RFC 792; RFC 1122 section 3.2.2.1 for 6 to 12, RFC 1812
/// section 5.2.7.1 for 13 to 15).
/// </summary>
public enum IcmpUnreachableCode : byte
{
    /// <summary>No route to the network.</summary>
    Network = 0,

    /// <summary>The host does not answer.</summary>
    Host = 1,

    /// <summary>The host does not speak the protocol.</summary>
    Protocol = 2,

    /// <summary>Nobody listens on the port.</summary>
    Port = 3,

    /// <summary>Too long for the next hop and marked "don't fragment" (RFC 1191).</summary>
    FragmentationNeeded = 4,

    /// <summary>The source route failed.</summary>
    SourceRouteFailed = 5,

    /// <summary>The network is unknown.</summary>
    NetworkUnknown = 6,

    /// <summary>The host is unknown.</summary>
    HostUnknown = 7,

    /// <summary>The source host is isolated.</summary>
    SourceIsolated = 8,

    /// <summary>The network is prohibited by an administrator.</summary>
    NetworkProhibited = 9,

    /// <summary>The host is prohibited by an administrator.</summary>
    HostProhibited = 10,

    /// <summary>The network has no such type of service.</summary>
    NetworkTypeOfService = 11,

    /// <summary>The host has no such type of service.</summary>
    HostTypeOfService = 12,

    /// <summary>A filter forbids the communication.</summary>
    CommunicationProhibited = 13,

    /// <summary>The precedence is not permitted.</summary>
    HostPrecedence = 14,

    /// <summary>The precedence is below the network's least.</summary>
    PrecedenceCutoff = 15,
}
