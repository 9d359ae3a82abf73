namespace Disguise.Hardware.Memory;

/// <summary>
/// What an access wants: a read by user code unless flags say more (the bits of the page-fault
/// error code, Intel SDM volume 3, section 4.7).
/// </summary>
[Flags]
public enum Access : byte
{
    /// <summary>A read by user code.</summary>
    Read = 0,

    /// <summary>A write.</summary>
    Write = 1,

    /// <summary>An instruction fetch.</summary>
    Execute = 2,

    /// <summary>
    /// Made with the kernel's privilege. Write protection holds for it too (CR0.WP).
    /// </summary>
    Supervisor = 4,
}
