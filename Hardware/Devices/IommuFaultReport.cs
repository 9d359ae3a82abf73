using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Devices;

/// <summary>
/// The IOMMU's fault event reaches the kernel: a DMA was refused and no byte moved (VT-d
/// specification section 7.3). Sent to the kernel's actor when the fault found room in the log,
/// which the kernel empties (<see cref="Iommu.Faults"/>).
/// </summary>
/// <param name="Fault">What the fault recording register holds.</param>
public sealed record IommuFaultReport(IommuFault Fault) : CrossingMessage(FaultKind)
{
    private static readonly CrossingKind FaultKind =
        CrossingKind.Define("iommu-fault", CrossingClass.Device);

    /// <inheritdoc/>
    public override ulong ContentDigest(Island island, long word) => Digest.Of(
        Fault.Requester.RoutingId, Fault.Address, (ulong)Fault.Access, (ulong)Fault.Reason);
}
