using Disguise.Actors.Ledgers;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;

namespace Disguise.Hardware.Platforms;

/// <summary>
/// A machine's hardware as numbers: what each hardware event costs and where that is known from,
/// and which adapter it has. Nothing in it knows of operating systems.
/// </summary>
public sealed class Platform
{
    internal Platform(
        string name, string description, NicModel nic, TlbModel tlb, bool hasIommu,
        IReadOnlyList<SourcedCost> costs)
    {
        Name = name;
        Description = description;
        Nic = nic;
        Tlb = tlb;
        HasIommu = hasIommu;
        Costs = costs;
    }

    /// <summary>The name: that of its file.</summary>
    public string Name { get; }

    /// <summary>One line for people.</summary>
    public string Description { get; }

    /// <summary>The adapter.</summary>
    public NicModel Nic { get; }

    /// <summary>The TLB of each core.</summary>
    public TlbModel Tlb { get; }

    /// <summary>Whether an IOMMU stands between devices and memory.</summary>
    public bool HasIommu { get; }

    /// <summary>The costs, by name.</summary>
    public IReadOnlyList<SourcedCost> Costs { get; }

    /// <summary>Enters all costs into a table.</summary>
    public void Fill(CostTable table)
    {
        foreach (var cost in Costs)
            table.Enter(cost);
    }
}
