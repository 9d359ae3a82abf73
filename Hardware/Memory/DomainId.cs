namespace Disguise.Hardware.Memory;

/// <summary>
/// A protection domain of the IOMMU, 0 to 32,767: the functions in it see one address space. It is
/// both the domain identifier that tags cached translations and the PASID under which the domain's
/// tables are found (VT-d specification, sections 3.4.3 and 9.6).
/// </summary>
public readonly record struct DomainId(ushort Value);
