using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Memory;

/// <summary>
/// The kernel's side of an IOMMU: writes the root, context and PASID tables in emulated memory
/// (VT-d specification, section 3.4.3 and chapter 9). All functions share one PASID directory, and
/// each names its domain in its context entry, so a function costs 32 bytes and a domain 64.
/// What the IOMMU has cached stays in force until it is invalidated.
/// </summary>
public sealed class IommuTables
{
    /// <summary>Domains that there can be.</summary>
    public const int MaximumDomains = IommuEntries.MaximumDomains;

    private readonly PhysicalMemory memory;
    private readonly ITableFrames tableFrames;
    private readonly long directory;

    private IommuTables(
        PhysicalMemory memory, ITableFrames tableFrames, long rootAddress, long directory)
    {
        this.memory = memory;
        this.tableFrames = tableFrames;
        this.directory = directory;
        RootAddress = rootAddress;
    }

    /// <summary>
    /// Physical address of the root table, as the root table address register holds it.
    /// </summary>
    public long RootAddress { get; }

    /// <summary>Makes empty tables; null when there are no two frames for them.</summary>
    public static IommuTables? Create(PhysicalMemory memory, ITableFrames tableFrames)
    {
        if (!tableFrames.TryAllocate(out var root)) return null;
        if (tableFrames.TryAllocate(out var directory))
        {
            return new IommuTables(
                memory, tableFrames, Frame.AddressOf(root), Frame.AddressOf(directory));
        }
        tableFrames.Release(root);
        return null;
    }

    /// <summary>
    /// Says which page tables translate for a domain, by the physical addresses of their roots:
    /// the first stage, the second, or both. False when no frame is left for a table.
    /// </summary>
    public bool SetDomain(
        DomainId domain,
        long firstStageRoot,
        long secondStageRoot = AddressSpace.NoSecondStage)
    {
        const long NoTable = AddressSpace.NoSecondStage;
        Require(domain);
        if (firstStageRoot == NoTable && secondStageRoot == NoTable)
        {
            throw new InvalidOperationException($"{domain} has neither a first nor a second stage");
        }
        var directoryEntry = directory + IommuEntries.DirectoryOffset(domain.Value);
        if (!TryReachTable(directoryEntry, out var table)) return false;
        var type = secondStageRoot == NoTable ? IommuEntries.FirstStageOnly
            : firstStageRoot == NoTable ? IommuEntries.SecondStageOnly
            : IommuEntries.Nested;
        var at = table + IommuEntries.PasidOffset(domain.Value);
        var second = secondStageRoot == NoTable
            ? 0
            : (ulong)secondStageRoot | IommuEntries.FourLevels;
        memory.WriteUInt64(at, second | type | IommuEntries.Present);
        memory.WriteUInt64(at + 8, domain.Value);
        memory.WriteUInt64(
            at + IommuEntries.FirstStageOffset,
            firstStageRoot == NoTable ? 0 : (ulong)firstStageRoot);
        return true;
    }

    /// <summary>Takes a domain's page tables away. False when it had none.</summary>
    public bool ClearDomain(DomainId domain)
    {
        Require(domain);
        var entry = memory.ReadUInt64(directory + IommuEntries.DirectoryOffset(domain.Value));
        if ((entry & IommuEntries.Present) == 0) return false;
        var at = PageTableEntry.AddressOf(entry) + IommuEntries.PasidOffset(domain.Value);
        if ((memory.ReadUInt64(at) & IommuEntries.Present) == 0) return false;
        memory.WriteUInt64(at, 0);
        return true;
    }

    /// <summary>Puts a function into a domain. False when no frame is left for a table.</summary>
    public bool Attach(FunctionId function, DomainId domain)
    {
        Require(domain);
        var rootEntry = RootAddress + IommuEntries.RootOffset(function.RoutingId);
        if (!TryReachTable(rootEntry, out var table)) return false;
        var at = table + IommuEntries.ContextOffset(function.RoutingId);
        memory.WriteUInt64(at + 8, domain.Value);
        memory.WriteUInt64(
            at, (ulong)directory | IommuEntries.DirectorySize | IommuEntries.Present);
        return true;
    }

    /// <summary>Takes a function out of its domain. False when it was in none.</summary>
    public bool Detach(FunctionId function)
    {
        var rootEntry = memory.ReadUInt64(
            RootAddress + IommuEntries.RootOffset(function.RoutingId));
        if ((rootEntry & IommuEntries.Present) == 0) return false;
        var at = PageTableEntry.AddressOf(rootEntry)
            + IommuEntries.ContextOffset(function.RoutingId);
        if ((memory.ReadUInt64(at) & IommuEntries.Present) == 0) return false;
        memory.WriteUInt64(at, 0);
        memory.WriteUInt64(at + 8, 0);
        return true;
    }

    private static void Require(DomainId domain)
    {
        if (domain.Value >= MaximumDomains)
        {
            throw new InvalidOperationException($"{domain} is beyond {MaximumDomains} domains");
        }
    }

    private bool TryReachTable(long entryAddress, out long table)
    {
        var entry = memory.ReadUInt64(entryAddress);
        if ((entry & IommuEntries.Present) == 0)
        {
            table = 0;
            if (!tableFrames.TryAllocate(out var frame)) return false;
            entry = (ulong)Frame.AddressOf(frame) | IommuEntries.Present;
            memory.WriteUInt64(entryAddress, entry);
        }
        table = PageTableEntry.AddressOf(entry);
        return true;
    }
}
