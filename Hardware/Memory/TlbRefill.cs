namespace Disguise.Hardware.Memory;

/// <summary>Who enters a translation that a TLB does not hold.</summary>
public enum TlbRefill
{
    /// <summary>The MMU walks page tables (Intel SDM volume 3, section 4.5).</summary>
    Hardware,

    /// <summary>
    /// Software: a miss is an exception, and the MMU never walks (Kane, MIPS RISC Architecture,
    /// chapter 6: R2000 and R3000).
    /// </summary>
    Software,
}
