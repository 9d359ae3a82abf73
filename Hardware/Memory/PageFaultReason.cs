namespace Disguise.Hardware.Memory;

/// <summary>Why a translation failed.</summary>
public enum PageFaultReason : byte
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>An entry on the way is not present.</summary>
    NotPresent,

    /// <summary>A write where some level does not allow it.</summary>
    NotWritable,

    /// <summary>An instruction fetch where some level does not allow it.</summary>
    NotExecutable,

    /// <summary>A user access where some level is the supervisor's.</summary>
    SupervisorOnly,

    /// <summary>The virtual address has bits 47 to 63 that differ.</summary>
    NotCanonical,

    /// <summary>A table or the page lies where there is no memory.</summary>
    AddressOutOfRange,

    /// <summary>
    /// Bytes were to be moved to or from device registers. Not a fault of the processor: the caller
    /// has to translate the address and send the access to the device.
    /// </summary>
    MemoryMappedRegister,

    /// <summary>
    /// The TLB does not hold a translation, and software refills it: nobody has looked yet
    /// whether there is one.
    /// </summary>
    TlbMiss,
}
