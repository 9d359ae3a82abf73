using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Memory;

/// <summary>
/// A DMA that was refused: what a fault recording register holds (VT-d specification, section
/// 11.4.14).
/// </summary>
/// <param name="Requester">The function whose DMA it was.</param>
/// <param name="Address">The first address that was refused, as the device gave it.</param>
/// <param name="Access">Read or write.</param>
/// <param name="Reason">Why.</param>
public readonly record struct IommuFault(
    FunctionId Requester, ulong Address, Access Access, DmaFaultReason Reason);
