namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// What the introspection interface tells a container (Arrakis, TOCS 2015, section 3.2): the
/// features of a NIC and what the container may still have. Nothing about others.
/// </summary>
/// <param name="Network">Features and limits of the NIC.</param>
/// <param name="PagesLeft">Pages that the container may still allocate.</param>
/// <param name="CapabilitiesLeft">Capabilities that it may still have.</param>
/// <param name="DomainsLeft">Protection domains that it may still create.</param>
/// <param name="FiltersLeft">Filters that it may still create.</param>
/// <param name="FiltersPerCard">Filters that may be assigned to one card.</param>
public sealed record Limits(
    NetworkOptions Network,
    long PagesLeft,
    int CapabilitiesLeft,
    int DomainsLeft,
    int FiltersLeft,
    int FiltersPerCard);
