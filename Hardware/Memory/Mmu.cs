using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Disguise.Actors.Faults;

namespace Disguise.Hardware.Memory;

/// <summary>
/// A core's way to memory: translates by the TLB and else by a walk, or by the handler that
/// software has for misses, checks rights, and moves bytes only when every page of an access
/// allows it. An access to device registers moves nothing: the
/// caller translates the address and sends the access to the device as a message.
/// </summary>
public sealed class Mmu
{
    private const int PagesOnStack = 64;

    private readonly PhysicalMemory memory;
    private readonly MmioMap mmio;
    private readonly Tlb tlb;
    private readonly bool isProtected;
    private readonly AddressSpaceTags? tags;
    private AddressSpace? space;
    private long untakenMisses;
    private long untakenReferences;

    /// <summary>
    /// The MMU of one core. Reads the guard <see cref="MemoryGuards.PageProtection"/>.
    /// </summary>
    public Mmu(
        PhysicalMemory memory, MmioMap mmio, Tlb tlb, Guards guards,
        TlbRefill refill = TlbRefill.Hardware)
    {
        if (mmio.FirstAddress < memory.SizeBytes)
        {
            throw new InvalidOperationException("register space begins inside memory");
        }
        this.memory = memory;
        this.mmio = mmio;
        this.tlb = tlb;
        isProtected = guards.IsOn(MemoryGuards.PageProtection);
        if (refill == TlbRefill.Software)
            tags = new AddressSpaceTags(TlbModel.SoftwareTags);
    }

    /// <summary>The address space in force; null before the first activation.</summary>
    public AddressSpace? Current => space;

    /// <summary>Accesses refused since the start; each moved no byte.</summary>
    public long FaultCount { get; private set; }

    internal PhysicalMemory Memory => memory;

    internal MmioMap Mmio => mmio;

    /// <summary>The TLB, for the flushes that its owner has to ask for.</summary>
    public Tlb Tlb => tlb;

    /// <summary>Who enters what the TLB does not hold.</summary>
    public TlbRefill Refill => tags is null ? TlbRefill.Hardware : TlbRefill.Software;

    /// <summary>
    /// Where software refills the TLB: the handler at the vector for misses. Without one a miss is
    /// a fault, <see cref="PageFaultReason.TlbMiss"/>.
    /// </summary>
    public ITlbRefillHandler? RefillHandler { get; set; }

    /// <summary>
    /// Puts an address space in force. Flushes nothing: translations are tagged by its id, and who
    /// reuses an id flushes it. Where tags are few, another address space may lose its own.
    /// </summary>
    public void Activate(AddressSpace addressSpace)
    {
        space = addressSpace;
        if (tags is not null && tags.Take(addressSpace.Id, out var loser))
            tlb.FlushAddressSpace(loser);
    }

    /// <summary>TLB misses since this was last asked, so that a context can be charged.</summary>
    public long TakeTlbMisses()
    {
        var misses = untakenMisses;
        untakenMisses = 0;
        return misses;
    }

    /// <summary>References of walks to table entries since this was last asked.</summary>
    public long TakeWalkReferences()
    {
        var references = untakenReferences;
        untakenReferences = 0;
        return references;
    }

    /// <summary>
    /// Where an address leads, memory or registers, if the access is allowed; else the fault.
    /// </summary>
    public bool TryTranslate(
        ulong virtualAddress, Access access, out Translation translation, out PageFault fault)
    {
        if (!TryResolve(virtualAddress, access, out var physicalAddress, out fault))
        {
            translation = default;
            return false;
        }
        translation = new Translation(
            physicalAddress,
            physicalAddress < memory.SizeBytes ? TranslationKind.Memory : TranslationKind.Mmio);
        return true;
    }

    /// <summary>
    /// Reads bytes. Moves all of them, or none and gives the fault of the first page that refuses;
    /// for a page of registers that is <see cref="PageFaultReason.MemoryMappedRegister"/>.
    /// <paramref name="access"/> adds the privilege or an instruction fetch.
    /// </summary>
    public bool TryRead(
        ulong virtualAddress,
        Span<byte> destination,
        out PageFault fault,
        Access access = Access.Read)
    {
        if (IsInOnePage(virtualAddress, destination.Length))
        {
            if (!TryResolveMemory(virtualAddress, access, out var at, out fault)) return false;
            memory.Read(at, destination);
            return true;
        }
        return TryReadPages(virtualAddress, destination, access, out fault);
    }

    /// <summary>Writes bytes; all or none, like <see cref="TryRead"/>.</summary>
    public bool TryWrite(
        ulong virtualAddress,
        ReadOnlySpan<byte> source,
        out PageFault fault,
        Access access = Access.Write)
    {
        access |= Access.Write;
        if (IsInOnePage(virtualAddress, source.Length))
        {
            if (!TryResolveMemory(virtualAddress, access, out var at, out fault)) return false;
            memory.Write(at, source);
            return true;
        }
        return TryWritePages(virtualAddress, source, access, out fault);
    }

    /// <summary>Reads 32 bits, little-endian.</summary>
    public bool TryReadUInt32(ulong virtualAddress, out uint value, out PageFault fault)
    {
        if (!IsInOnePage(virtualAddress, sizeof(uint)))
        {
            var isRead = TryReadOverPages(virtualAddress, sizeof(uint), out var wide, out fault);
            value = (uint)wide;
            return isRead;
        }
        var isAllowed = TryResolveMemory(virtualAddress, Access.Read, out var at, out fault);
        value = isAllowed ? memory.ReadUInt32(at) : 0;
        return isAllowed;
    }

    /// <summary>Reads 64 bits, little-endian.</summary>
    public bool TryReadUInt64(ulong virtualAddress, out ulong value, out PageFault fault)
    {
        if (!IsInOnePage(virtualAddress, sizeof(ulong)))
        {
            var isRead = TryReadOverPages(virtualAddress, sizeof(ulong), out var wide, out fault);
            value = wide;
            return isRead;
        }
        var isAllowed = TryResolveMemory(virtualAddress, Access.Read, out var at, out fault);
        value = isAllowed ? memory.ReadUInt64(at) : 0;
        return isAllowed;
    }

    /// <summary>Writes 32 bits, little-endian.</summary>
    public bool TryWriteUInt32(ulong virtualAddress, uint value, out PageFault fault)
    {
        if (!IsInOnePage(virtualAddress, sizeof(uint)))
        {
            return TryWriteOverPages(virtualAddress, value, sizeof(uint), out fault);
        }
        if (!TryResolveMemory(virtualAddress, Access.Write, out var at, out fault)) return false;
        memory.WriteUInt32(at, value);
        return true;
    }

    /// <summary>Writes 64 bits, little-endian.</summary>
    public bool TryWriteUInt64(ulong virtualAddress, ulong value, out PageFault fault)
    {
        if (!IsInOnePage(virtualAddress, sizeof(ulong)))
        {
            return TryWriteOverPages(virtualAddress, value, sizeof(ulong), out fault);
        }
        if (!TryResolveMemory(virtualAddress, Access.Write, out var at, out fault)) return false;
        memory.WriteUInt64(at, value);
        return true;
    }

    private static bool IsInOnePage(ulong virtualAddress, int lengthBytes) =>
        lengthBytes > 0 && lengthBytes <= RestOfPage((long)virtualAddress);

    private static int RestOfPage(long address) =>
        Frame.SizeBytes - ((int)address & (Frame.SizeBytes - 1));

    private static int PageCount(ulong virtualAddress, int lengthBytes)
    {
        if (lengthBytes == 0) return 0;
        var offset = (long)(virtualAddress & (Frame.SizeBytes - 1));
        return (int)((offset + lengthBytes + Frame.SizeBytes - 1) >> Frame.Shift);
    }

    /// <summary>The part of an access over pages that finds all of them before it moves.</summary>
    private bool TryReadPages(
        ulong virtualAddress, Span<byte> destination, Access access, out PageFault fault)
    {
        var pages = PageCount(virtualAddress, destination.Length);
        var physical = pages <= PagesOnStack ? stackalloc long[PagesOnStack] : new long[pages];
        physical = physical[..pages];
        if (!TryResolveAll(virtualAddress, destination.Length, access, physical, out fault))
        {
            return false;
        }
        foreach (var at in physical)
        {
            var length = Math.Min(destination.Length, RestOfPage(at));
            memory.Read(at, destination[..length]);
            destination = destination[length..];
        }
        return true;
    }

    /// <summary>The part of an access over pages that finds all of them before it moves.</summary>
    private bool TryWritePages(
        ulong virtualAddress, ReadOnlySpan<byte> source, Access access, out PageFault fault)
    {
        var pages = PageCount(virtualAddress, source.Length);
        var physical = pages <= PagesOnStack ? stackalloc long[PagesOnStack] : new long[pages];
        physical = physical[..pages];
        if (!TryResolveAll(virtualAddress, source.Length, access, physical, out fault))
        {
            return false;
        }
        foreach (var at in physical)
        {
            var length = Math.Min(source.Length, RestOfPage(at));
            memory.Write(at, source[..length]);
            source = source[length..];
        }
        return true;
    }

    private bool TryReadOverPages(
        ulong virtualAddress, int lengthBytes, out ulong value, out PageFault fault)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        var isRead = TryReadPages(virtualAddress, bytes[..lengthBytes], Access.Read, out fault);
        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return isRead;
    }

    private bool TryWriteOverPages(
        ulong virtualAddress, ulong value, int lengthBytes, out PageFault fault)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return TryWritePages(virtualAddress, bytes[..lengthBytes], Access.Write, out fault);
    }

    private bool TryResolveAll(
        ulong virtualAddress,
        int lengthBytes,
        Access access,
        Span<long> physicalAddresses,
        out PageFault fault)
    {
        fault = default;
        if (virtualAddress > ulong.MaxValue - (ulong)lengthBytes)
        {
            fault = new PageFault(virtualAddress, access, PageFaultReason.NotCanonical);
            FaultCount++;
            return false;
        }
        var address = virtualAddress;
        foreach (ref var physicalAddress in physicalAddresses)
        {
            if (!TryResolveMemory(address, access, out physicalAddress, out fault)) return false;
            address += (ulong)RestOfPage((long)address);
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryResolveMemory(
        ulong virtualAddress, Access access, out long physicalAddress, out PageFault fault)
    {
        if (!TryResolve(virtualAddress, access, out physicalAddress, out fault)) return false;
        if (physicalAddress < memory.SizeBytes) return true;
        fault = new PageFault(virtualAddress, access, PageFaultReason.MemoryMappedRegister);
        FaultCount++;
        return false;
    }

    private bool TryResolve(
        ulong virtualAddress, Access access, out long physicalAddress, out PageFault fault)
    {
        var current = space ?? throw new InvalidOperationException("no address space is active");
        var wanted = isProtected ? access : Access.Supervisor;
        fault = default;
        if (!PageTableEntry.IsCanonical(virtualAddress)
            || !tlb.TryLookup(current.Id, virtualAddress, wanted, out var entry))
        {
            if (!TryFill(current, virtualAddress, wanted, out entry, out fault))
            {
                physicalAddress = (long)virtualAddress;
                if (!isProtected && tags is null && IsAddressable(physicalAddress))
                {
                    fault = default;
                    return true;
                }
                fault = fault with { Access = access };
                FaultCount++;
                return false;
            }
        }
        physicalAddress = PageTableEntry.AddressOf(entry)
            | (long)(virtualAddress & (Frame.SizeBytes - 1));
        return true;
    }

    private bool TryFill(
        AddressSpace current,
        ulong virtualAddress,
        Access access,
        out ulong entry,
        out PageFault fault)
    {
        var isFound = tags is null
            ? TryWalk(current, virtualAddress, access, out entry, out fault)
            : TryAskSoftware(current, virtualAddress, access, out entry, out fault);
        if (!isFound) return false;
        if (!IsAddressable(PageTableEntry.AddressOf(entry)))
        {
            fault = new PageFault(virtualAddress, access, PageFaultReason.AddressOutOfRange);
            return false;
        }
        tlb.Insert(current.Id, virtualAddress, entry);
        return true;
    }

    private bool TryWalk(
        AddressSpace current,
        ulong virtualAddress,
        Access access,
        out ulong entry,
        out PageFault fault)
    {
        untakenMisses++;
        var before = current.WalkReferences;
        var isMapped = current.TryWalk(virtualAddress, access, out entry, out fault);
        untakenReferences += current.WalkReferences - before;
        return isMapped;
    }

    /// <summary>
    /// An entry that forbids the access is a fault of its own; one that is not there is looked for
    /// by the handler, if there is one.
    /// </summary>
    private bool TryAskSoftware(
        AddressSpace current,
        ulong virtualAddress,
        Access access,
        out ulong entry,
        out PageFault fault)
    {
        entry = 0;
        var reason = !PageTableEntry.IsCanonical(virtualAddress) ? PageFaultReason.NotCanonical
            : tlb.TryProbe(current.Id, virtualAddress, out var held)
                ? PageTableEntry.Check(held, access)
            : PageFaultReason.TlbMiss;
        fault = new PageFault(virtualAddress, access, reason);
        if (reason != PageFaultReason.TlbMiss || RefillHandler is null) return false;
        untakenMisses++;
        return RefillHandler.TryFind(current, virtualAddress, access, out entry, out fault);
    }

    private bool IsAddressable(long physicalAddress) =>
        (physicalAddress >= 0 && physicalAddress < memory.SizeBytes)
        || physicalAddress >= mmio.FirstAddress;
}
