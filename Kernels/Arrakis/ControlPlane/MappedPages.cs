using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>Pages that are mapped in a protection domain, by virtue of a capability.</summary>
public readonly record struct MappedPages(
    int Mapping,
    int Domain,
    int Container,
    int Extent,
    int Capability,
    long FirstFrame,
    long VirtualPage,
    int Pages,
    CapabilityRights Rights);
