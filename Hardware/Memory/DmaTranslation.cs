namespace Disguise.Hardware.Memory;

/// <summary>A translation that an IOMMU has cached.</summary>
/// <param name="Domain">Whose.</param>
/// <param name="Address">First address of the page, as the device names it.</param>
/// <param name="PhysicalAddress">Where the page is.</param>
/// <param name="Rights">What it allows.</param>
public readonly record struct DmaTranslation(
    DomainId Domain, ulong Address, long PhysicalAddress, PageRights Rights);
