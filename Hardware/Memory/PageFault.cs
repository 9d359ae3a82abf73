namespace Disguise.Hardware.Memory;

/// <summary>
/// A failed access, as the processor reports it: the address in CR2 and the error code, and for the
/// second stage what the exit qualification says (Intel SDM volume 3, sections 4.7 and 28.3.3).
/// </summary>
/// <param name="VirtualAddress">First byte that could not be accessed.</param>
/// <param name="Access">What was wanted.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Stage">1, or 2 when the second stage refused.</param>
/// <param name="GuestPhysicalAddress">What the second stage was asked for; else zero.</param>
public readonly record struct PageFault(
    ulong VirtualAddress,
    Access Access,
    PageFaultReason Reason,
    byte Stage = 1,
    long GuestPhysicalAddress = 0);
