namespace Disguise.Hardware.PciExpress;

/// <summary>The message that an error sends to the root complex, if any (section 6.2.3).</summary>
public enum ErrorSeverity
{
    /// <summary>The error is masked: it is recorded and no message is sent.</summary>
    Masked,

    /// <summary>ERR_COR.</summary>
    Correctable,

    /// <summary>ERR_NONFATAL.</summary>
    NonFatal,

    /// <summary>ERR_FATAL.</summary>
    Fatal,
}
