namespace Disguise.Hardware.Memory;

/// <summary>
/// Tag of an address space in a TLB: PCID or VPID (Intel SDM volume 3, sections 4.10.1 and 28.1).
/// </summary>
public readonly record struct AddressSpaceId(ushort Value);
