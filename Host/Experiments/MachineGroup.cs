namespace Disguise.Host.Experiments;

/// <summary>Equal machines under test.</summary>
public sealed record MachineGroup
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many machines.</summary>
    public required int Count { get; init; }

    /// <summary>Cores of each.</summary>
    public required int Cores { get; init; }

    /// <summary>Physical memory of each.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>
    /// How long a program keeps a core that another wants; null for the kernel's own length.
    /// </summary>
    public long? TimeSlicePs { get; init; }

    /// <summary>The network card of each.</summary>
    public required NicSettings Nic { get; init; }

    /// <summary>The display of each; null for none.</summary>
    public DisplaySettings? Display { get; init; }

    /// <summary>The storage device of each; null for none.</summary>
    public required NvmeSettings? Nvme { get; init; }

    /// <summary>Tenants by group.</summary>
    public required IReadOnlyList<TenantGroup> Tenants { get; init; }

    /// <summary>The architecture fixed for this group; null for the run's.</summary>
    public required string? Architecture { get; init; }

    /// <summary>The platform fixed for this group; null for the experiment's.</summary>
    public required string? Platform { get; init; }

    /// <summary>How machines are placed in racks.</summary>
    public required MachineSpread Spread { get; init; }

    /// <summary>Tenants on all machines of the group.</summary>
    public long TenantCount => Tenants.Sum(tenants => tenants.TotalCount);
}
