namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Bits of the correctable error registers (PCI Express Base Specification 3.1, section 7.10.5).
/// </summary>
[Flags]
public enum CorrectableError : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Receiver error.</summary>
    Receiver = 1 << 0,

    /// <summary>A packet's link checksum was wrong.</summary>
    BadTlp = 1 << 6,

    /// <summary>A data link packet's checksum was wrong.</summary>
    BadDllp = 1 << 7,

    /// <summary>The replay counter rolled over.</summary>
    ReplayNumberRollover = 1 << 8,

    /// <summary>The replay timer ran out.</summary>
    ReplayTimerTimeout = 1 << 12,

    /// <summary>A non-fatal error that the function handled itself.</summary>
    AdvisoryNonFatal = 1 << 13,

    /// <summary>All of these.</summary>
    All = 0x0000_31C1,
}
