using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Disguise.Actors.Faults;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Memory;

/// <summary>
/// The IOMMU of a machine, after Intel VT-d in scalable mode (Virtualization Technology for
/// Directed I/O specification, chapters 3, 6 and 7): finds a requester's domain in tables in
/// emulated memory, translates by page tables that may be the very ones an MMU walks, and moves a
/// DMA's bytes only when every page allows all of it. A device acts with the user's privilege.
/// Contexts and translations are cached: a change of the tables takes effect when what was cached
/// is invalidated, and until then the old translation holds. Interrupts are messages in this
/// emulator and not writes, so no address range is set apart for them.
/// </summary>
public sealed class Iommu
{
    private const int PagesOnStack = 32;
    private const ulong PageMask = (1UL << 36) - 1;

    /// <summary>
    /// Key of a cached translation: page, domain, and a bit that keeps it off zero.
    /// </summary>
    private const int DomainShift = 1;
    private const int PageShift = 17;
    private const ulong DomainKeyMask = 0xFFFFUL << DomainShift;

    private readonly PhysicalMemory memory;
    private readonly long rootAddress;
    private readonly bool isTranslating;
    private readonly DirectMappedCache<Context> contexts;
    private readonly DirectMappedCache<ulong> translations;

    /// <summary>
    /// An IOMMU whose root table is at a physical address. Reads the guard
    /// <see cref="MemoryGuards.Iommu"/>. Capacities count entries and, but for the log's, are
    /// powers of two from 16.
    /// </summary>
    public Iommu(
        PhysicalMemory memory,
        long rootAddress,
        Guards guards,
        int iotlbCapacity = 4096,
        int contextCacheCapacity = 1024,
        int faultLogCapacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(faultLogCapacity, 1);
        this.memory = memory;
        this.rootAddress = rootAddress;
        isTranslating = guards.IsOn(MemoryGuards.Iommu);
        translations = new DirectMappedCache<ulong>(iotlbCapacity);
        contexts = new DirectMappedCache<Context>(contextCacheCapacity);
        Faults = new IommuFaultLog(faultLogCapacity);
    }

    /// <summary>Who is told of faults; nobody when null.</summary>
    public IIommuFaultSink? FaultSink { get; set; }

    /// <summary>The faults that were recorded and not yet taken.</summary>
    public IommuFaultLog Faults { get; }

    /// <summary>Pages translated from the cache.</summary>
    public long IotlbHits { get; private set; }

    /// <summary>Pages for which tables were walked.</summary>
    public long IotlbMisses { get; private set; }

    /// <summary>References of walks to table entries, contexts included.</summary>
    public long WalkReferences { get; private set; }

    /// <summary>The translations that are cached; nothing is counted as used.</summary>
    public IEnumerable<DmaTranslation> Cached => translations.Entries.Select(cached =>
        new DmaTranslation(
            new DomainId((ushort)((cached.Key & DomainKeyMask) >> DomainShift)),
            cached.Key >> PageShift << Frame.Shift,
            PageTableEntry.AddressOf(cached.Value),
            PageTableEntry.RightsOf(cached.Value)));

    /// <summary>
    /// Which page tables translate for a function, as the tables in memory say now; whatever is
    /// cached is not looked at, and nothing is counted. False where its DMA reaches nothing.
    /// </summary>
    public bool TryReadTables(
        FunctionId function, out DomainId domain, out long firstStageRoot,
        out long secondStageRoot)
    {
        var references = WalkReferences;
        var isThere = TryReadContext(function, out var context);
        WalkReferences = references;
        (domain, firstStageRoot, secondStageRoot) =
            (new DomainId(context.Domain), context.FirstStageRoot, context.SecondStageRoot);
        return isThere;
    }

    /// <summary>
    /// A DMA read: memory to device. Moves all bytes, or none and records a fault.
    /// </summary>
    public DmaResult DmaRead(FunctionId requester, ulong address, Span<byte> destination)
    {
        if (IsInOnePage(address, destination.Length))
        {
            var reason = Resolve(requester, address, destination.Length, Access.Read, out var at);
            if (reason != DmaFaultReason.None) return Fail(requester, address, Access.Read, reason);
            memory.Read(at, destination);
            return default;
        }
        return DmaReadPages(requester, address, destination);
    }

    /// <summary>
    /// A DMA write: device to memory. Moves all bytes, or none and records a fault.
    /// </summary>
    public DmaResult DmaWrite(FunctionId requester, ulong address, ReadOnlySpan<byte> source)
    {
        if (IsInOnePage(address, source.Length))
        {
            var reason = Resolve(requester, address, source.Length, Access.Write, out var at);
            if (reason != DmaFaultReason.None)
            {
                return Fail(requester, address, Access.Write, reason);
            }
            memory.Write(at, source);
            return default;
        }
        return DmaWritePages(requester, address, source);
    }

    /// <summary>Reads 64 bits, little-endian.</summary>
    public DmaResult DmaReadUInt64(FunctionId requester, ulong address, out ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        var result = DmaRead(requester, address, bytes);
        value = result.IsDone ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return result;
    }

    /// <summary>Writes 64 bits, little-endian.</summary>
    public DmaResult DmaWriteUInt64(FunctionId requester, ulong address, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return DmaWrite(requester, address, bytes);
    }

    /// <summary>Forgets a function's context entry and domain (VT-d, section 6.5.2).</summary>
    public void InvalidateContext(FunctionId function) => contexts.Remove(KeyOf(function));

    /// <summary>
    /// Forgets all translations of a domain, and the contexts that lead to it, since they carry the
    /// roots of its tables.
    /// </summary>
    public void InvalidateDomain(DomainId domain)
    {
        var bits = (ulong)domain.Value << DomainShift;
        translations.RemoveAll(DomainKeyMask, bits);
        contexts.Clear();
    }

    /// <summary>
    /// Forgets the translations of a domain's pages in a range. A piece of a large page is a page
    /// of 4 KiB here, so a large page is a range of 512.
    /// </summary>
    public void InvalidatePages(DomainId domain, ulong address, long pageCount = 1)
    {
        for (long page = 0; page < pageCount; page++)
        {
            translations.Remove(KeyOf(domain.Value, address + ((ulong)page << Frame.Shift)));
        }
    }

    /// <summary>Forgets everything that is cached.</summary>
    public void InvalidateAll()
    {
        translations.Clear();
        contexts.Clear();
    }

    private static bool IsInOnePage(ulong address, int lengthBytes) =>
        lengthBytes > 0 && lengthBytes <= RestOfPage((long)address);

    private static int RestOfPage(long address) =>
        Frame.SizeBytes - ((int)address & (Frame.SizeBytes - 1));

    private static int PageCount(ulong address, int lengthBytes)
    {
        if (lengthBytes == 0) return 0;
        var offset = (long)(address & (Frame.SizeBytes - 1));
        return (int)((offset + lengthBytes + Frame.SizeBytes - 1) >> Frame.Shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyOf(ushort domain, ulong address) =>
        (((address >> Frame.Shift) & PageMask) << PageShift)
        | ((ulong)domain << DomainShift) | 1;

    private static ulong KeyOf(FunctionId function) => ((ulong)function.RoutingId << 1) | 1;

    private DmaResult DmaReadPages(
        FunctionId requester, ulong address, Span<byte> destination)
    {
        var pages = PageCount(address, destination.Length);
        var physical = pages <= PagesOnStack ? stackalloc long[PagesOnStack] : new long[pages];
        physical = physical[..pages];
        var result = ResolveAll(requester, address, destination.Length, Access.Read, physical);
        if (!result.IsDone) return result;
        foreach (var at in physical)
        {
            var length = Math.Min(destination.Length, RestOfPage(at));
            memory.Read(at, destination[..length]);
            destination = destination[length..];
        }
        return result;
    }

    private DmaResult DmaWritePages(
        FunctionId requester, ulong address, ReadOnlySpan<byte> source)
    {
        var pages = PageCount(address, source.Length);
        var physical = pages <= PagesOnStack ? stackalloc long[PagesOnStack] : new long[pages];
        physical = physical[..pages];
        var result = ResolveAll(requester, address, source.Length, Access.Write, physical);
        if (!result.IsDone) return result;
        foreach (var at in physical)
        {
            var length = Math.Min(source.Length, RestOfPage(at));
            memory.Write(at, source[..length]);
            source = source[length..];
        }
        return result;
    }

    private DmaResult ResolveAll(
        FunctionId requester,
        ulong address,
        int lengthBytes,
        Access access,
        Span<long> physicalAddresses)
    {
        if (address > ulong.MaxValue - (ulong)lengthBytes)
        {
            return Fail(requester, address, access, DmaFaultReason.AddressOutOfRange);
        }
        foreach (ref var physicalAddress in physicalAddresses)
        {
            var length = Math.Min(lengthBytes, RestOfPage((long)address));
            var reason = Resolve(requester, address, length, access, out physicalAddress);
            if (reason != DmaFaultReason.None) return Fail(requester, address, access, reason);
            address += (ulong)length;
            lengthBytes -= length;
        }
        return default;
    }

    /// <summary>Translates one page of a DMA.</summary>
    private DmaFaultReason Resolve(
        FunctionId requester, ulong address, int lengthBytes, Access access, out long physical)
    {
        physical = (long)address;
        if (isTranslating)
        {
            if (!PageTableEntry.IsCanonical(address)) return DmaFaultReason.AddressOutOfRange;
            if (!contexts.TryFind(KeyOf(requester), out var context))
            {
                if (!TryReadContext(requester, out context)) return DmaFaultReason.NoContext;
                contexts.Insert(KeyOf(requester), context);
            }
            var key = KeyOf(context.Domain, address);
            if (translations.TryFind(key, out var entry) && Allows(entry, access))
            {
                IotlbHits++;
            }
            else
            {
                IotlbMisses++;
                var reason = Walk(context, address, access, out entry);
                if (reason != DmaFaultReason.None) return reason;
                translations.Insert(key, entry);
            }
            physical = PageTableEntry.AddressOf(entry) | (long)(address & (Frame.SizeBytes - 1));
        }
        return memory.Contains(physical, lengthBytes)
            ? DmaFaultReason.None
            : DmaFaultReason.AddressOutOfRange;
    }

    /// <summary>
    /// A write through an entry whose dirty bit is clear has to set it by a walk.
    /// </summary>
    private static bool Allows(ulong entry, Access access) =>
        PageTableEntry.Check(entry, access) == PageFaultReason.None
        && (access == Access.Read || (entry & PageTableEntry.Dirty) != 0);

    private DmaFaultReason Walk(
        in Context context, ulong address, Access access, out ulong entry)
    {
        var walker = new PageWalker(memory);
        bool isMapped;
        if (context.FirstStageRoot == PageWalker.NoTable)
        {
            // Privilege means nothing to a second stage.
            isMapped = walker.TryWalk(
                context.SecondStageRoot, PageWalker.NoTable, address,
                access | Access.Supervisor, out entry);
            entry |= PageTableEntry.User;
        }
        else
        {
            isMapped = walker.TryWalk(
                context.FirstStageRoot, context.SecondStageRoot, address, access, out entry);
        }
        WalkReferences += walker.References;
        return isMapped ? DmaFaultReason.None : walker.Fault.Reason switch
        {
            PageFaultReason.NotPresent => DmaFaultReason.NotPresent,
            PageFaultReason.NotWritable => DmaFaultReason.NotWritable,
            PageFaultReason.SupervisorOnly => access == Access.Read
                ? DmaFaultReason.NotReadable
                : DmaFaultReason.NotWritable,
            PageFaultReason.NotCanonical => DmaFaultReason.AddressOutOfRange,
            PageFaultReason.AddressOutOfRange => DmaFaultReason.AddressOutOfRange,
            _ => throw new InvalidOperationException($"no DMA faults with {walker.Fault.Reason}"),
        };
    }

    /// <summary>Root, context, PASID directory and PASID entry (VT-d, section 3.4.3).</summary>
    private bool TryReadContext(FunctionId function, out Context context)
    {
        context = default;
        var routingId = function.RoutingId;
        if (!TryRead(rootAddress + IommuEntries.RootOffset(routingId), out var root)) return false;
        var at = PageTableEntry.AddressOf(root) + IommuEntries.ContextOffset(routingId);
        if (!TryRead(at, out var entry)) return false;
        var pasid = (uint)(memory.ReadUInt64(at + 8) & IommuEntries.RequestPasidMask);
        if (pasid >= IommuEntries.MaximumDomains) return false;
        at = PageTableEntry.AddressOf(entry) + IommuEntries.DirectoryOffset(pasid);
        if (!TryRead(at, out var table)) return false;
        at = PageTableEntry.AddressOf(table) + IommuEntries.PasidOffset(pasid);
        if (!TryRead(at, out var second)) return false;
        var type = second & IommuEntries.TranslationTypeMask;
        var first = memory.ReadUInt64(at + IommuEntries.FirstStageOffset);
        context = new Context(
            (ushort)(memory.ReadUInt64(at + 8) & IommuEntries.DomainMask),
            type == IommuEntries.SecondStageOnly
                ? PageWalker.NoTable
                : PageTableEntry.AddressOf(first),
            type == IommuEntries.FirstStageOnly
                ? PageWalker.NoTable
                : PageTableEntry.AddressOf(second));
        return true;
    }

    private bool TryRead(long entryAddress, out ulong entry)
    {
        WalkReferences++;
        entry = memory.Contains(entryAddress, sizeof(ulong)) ? memory.ReadUInt64(entryAddress) : 0;
        return (entry & IommuEntries.Present) != 0;
    }

    private DmaResult Fail(
        FunctionId requester, ulong address, Access access, DmaFaultReason reason)
    {
        var fault = new IommuFault(requester, address, access, reason);
        if (Faults.TryRecord(fault)) FaultSink?.Faulted(fault);
        return new DmaResult(reason);
    }

    private readonly record struct Context(
        ushort Domain, long FirstStageRoot, long SecondStageRoot);
}
