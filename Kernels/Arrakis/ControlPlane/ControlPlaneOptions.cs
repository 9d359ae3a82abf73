namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>The machine that a control plane rules, and each container's limits on it.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>First frame (4 KiB) that may be given to containers.</summary>
    public long FirstFrame { get; init; }

    /// <summary>How many frames may be given to containers.</summary>
    public long FrameCount { get; init; } = 1 << 20;

    /// <summary>The machine's NICs.</summary>
    public IReadOnlyList<NetworkOptions> Networks { get; init; } = [new NetworkOptions()];

    /// <summary>Containers on the machine.</summary>
    public int Containers { get; init; } = 65_536;

    /// <summary>Capabilities on the machine, at most 2^24.</summary>
    public int Capabilities { get; init; } = 1 << 20;

    /// <summary>
    /// Capabilities of one container. What others give it may fill half of them only, so that no
    /// gift keeps a container from what it needs.
    /// </summary>
    public int CapabilitiesPerContainer { get; init; } = 256;

    /// <summary>Addresses of one container.</summary>
    public int AddressesPerContainer { get; init; } = 8;

    /// <summary>Protection domains of one container.</summary>
    public int DomainsPerContainer { get; init; } = 16;

    /// <summary>Mappings, of any number of pages each, of one protection domain.</summary>
    public int MappingsPerDomain { get; init; } = 64;

    /// <summary>First page of a domain's address space that it may map memory at.</summary>
    public long FirstPage { get; init; }

    /// <summary>Pages of a domain's address space: 2^36 of 4 KiB in 48 bits.</summary>
    public long PagesPerDomain { get; init; } = 1L << 36;

    /// <summary>Filters that one container has created.</summary>
    public int FiltersPerContainer { get; init; } = 64;

    /// <summary>Filters assigned to one card.</summary>
    public int FiltersPerCard { get; init; } = 32;
}
