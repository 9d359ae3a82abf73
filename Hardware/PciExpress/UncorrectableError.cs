namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Bits of the uncorrectable error registers (PCI Express Base Specification 3.1, section 7.10.2).
/// </summary>
[Flags]
public enum UncorrectableError : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Data link protocol error.</summary>
    DataLinkProtocol = 1 << 4,

    /// <summary>The link went down unexpectedly.</summary>
    SurpriseDown = 1 << 5,

    /// <summary>A packet was received that its sender marked as corrupt.</summary>
    PoisonedTlp = 1 << 12,

    /// <summary>Flow control protocol error.</summary>
    FlowControlProtocol = 1 << 13,

    /// <summary>No completion came in time.</summary>
    CompletionTimeout = 1 << 14,

    /// <summary>The function answered a request with Completer Abort.</summary>
    CompleterAbort = 1 << 15,

    /// <summary>A completion came that answers no request.</summary>
    UnexpectedCompletion = 1 << 16,

    /// <summary>A receive buffer overflowed.</summary>
    ReceiverOverflow = 1 << 17,

    /// <summary>A packet was malformed.</summary>
    MalformedTlp = 1 << 18,

    /// <summary>The end-to-end checksum was wrong.</summary>
    EndToEndChecksum = 1 << 19,

    /// <summary>A request was received that the function does not support.</summary>
    UnsupportedRequest = 1 << 20,

    /// <summary>Access control services refused a request.</summary>
    AccessControlViolation = 1 << 21,

    /// <summary>All of these.</summary>
    All = 0x003F_F030,
}
