namespace Disguise.Hardware.Memory;

/// <summary>Where an IOMMU reports faults: the machine sends them on to its kernel.</summary>
public interface IIommuFaultSink
{
    /// <summary>Called for each fault that found room in the log.</summary>
    void Faulted(in IommuFault fault);
}
