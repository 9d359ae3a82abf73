using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Memory;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.Domains;

/// <summary>
/// Virtual memory of a protection domain of Arrakis: the library is linked into it, takes faults
/// itself, as a guest of the processor does, and writes its own page tables. The kernel has granted
/// the frames and is asked for nothing else.
/// </summary>
internal sealed class DomainMemoryPort(
    CpuContext context, DomainMemory memory, Func<int, EmulatedTask<OwnTablesLayout?>> grant,
    Func<long, EmulatedTask> wait) : IMemoryPort
{
    private IVirtualMemory? library;
    private OwnTables? tables;
    private IBackingStore? store;
    private long nextPage;
    private long lastPage;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Configure(MemorySettings settings)
    {
        if (library is not null || await grant(settings.FrameLimit) is not { } layout)
            return false;
        tables = new OwnTables(context, memory, layout);
        var frames = new FramePool();
        frames.Grant(Enumerable.Range(layout.Tables, layout.Frames).Select(frame => (long)frame));
        store = new MemoryBackingStore(layout.Pages, settings.StoreLatencyPs);
        library = new VirtualAddressSpace(new VirtualMemoryOptions
        {
            FirstPage = layout.FirstPage,
            PageLimit = layout.Pages,
            Frames = frames,
            Store = store,
            Table = settings.Table,
            Policy = settings.Policy,
            OwnPolicy = settings.OwnPolicy,
            Use = tables,
        });
        nextPage = layout.FirstPage;
        lastPage = layout.FirstPage + layout.Pages;
        return true;
    }

    /// <inheritdoc/>
    public async EmulatedTask<ulong> Map(int pages, MemoryProtection protection)
    {
        if (library is null && !await Configure(new MemorySettings()))
            return 0;
        var first = nextPage;
        if (pages > lastPage - first
            || library!.Map(first, pages, protection) != MemoryRefusal.None)
        {
            return 0;
        }

        await CarryOut();
        nextPage += pages;
        return (ulong)Frame.AddressOf(first);
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Unmap(ulong address, int pages)
    {
        var refusal = library?.Unmap(PageOf(address), pages);
        await CarryOut();
        return refusal == MemoryRefusal.None;
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Protect(
        ulong address, int pages, MemoryProtection protection)
    {
        var refusal = library?.Protect(PageOf(address), pages, protection);
        await CarryOut();
        return refusal == MemoryRefusal.None;
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool?> IsDirty(ulong address)
    {
        var isDirty = library?.IsDirty(PageOf(address)) ?? false;
        await CarryOut();
        return isDirty;
    }

    /// <inheritdoc/>
    public async EmulatedTask SetHandler(bool isThere)
    {
        if (library is null)
            await Configure(new MemorySettings());
        if (library is not null)
            library.HasHandler = isThere;
    }

    /// <inheritdoc/>
    public async EmulatedTask<FaultVerdict> Raise(PageFault fault, bool hasHandler)
    {
        // The processor goes to the domain's own vector and comes back: nobody is crossed.
        context.Charge(HardwareCosts.Trap);
        context.Charge(HardwareCosts.ExceptionEntry);
        context.Charge(HardwareCosts.TrapReturn);
        return hasHandler ? FaultVerdict.Delivered : await Decline(fault);
    }

    /// <inheritdoc/>
    public EmulatedTask HandlerReturned() => EmulatedTask.Completed;

    /// <inheritdoc/>
    public async EmulatedTask<FaultVerdict> Decline(PageFault fault)
    {
        if (library is null)
            return FaultVerdict.Refused;
        var verdict = library.Fault(
            PageOf(fault.VirtualAddress), (fault.Access & Access.Write) != 0);
        await CarryOut();
        return verdict;
    }

    private static long PageOf(ulong address) => Frame.NumberOf((long)address);

    private async EmulatedTask CarryOut()
    {
        if (library is null)
            return;
        var transfers = 0;
        foreach (var action in library.Actions)
        {
            MemoryActionCosts.Charge(action, library.LookupCost, memory);
            transfers += CarryOut(action);
        }

        if (transfers > 0)
            await wait(transfers * store!.LatencyPs);
    }

    /// <summary>Does what an action says; gives how many pages went to or from the store.
    /// </summary>
    private int CarryOut(in MemoryAction action)
    {
        switch (action.Kind)
        {
            case MemoryActionKind.Map or MemoryActionKind.Unmap
                or MemoryActionKind.ChangeRights:
                context.Charge(ProfileCosts.PageTableEntry);
                tables!.Set(action.Page, action.Frame, action.Rights);
                return 0;
            case MemoryActionKind.Protect or MemoryActionKind.ProtectNext
                or MemoryActionKind.UnprotectNext:
                tables!.Set(action.Page, action.Frame, action.Rights);
                return 0;
            case MemoryActionKind.Copy or MemoryActionKind.Zero or MemoryActionKind.PageIn
                or MemoryActionKind.PageOut:
                return Move(action);
            default:
                return 0;
        }
    }

    private int Move(in MemoryAction action)
    {
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        switch (action.Kind)
        {
            case MemoryActionKind.PageOut:
                tables!.ReadFrame(action.Frame, bytes);
                store!.Write(action.Source, bytes);
                return 1;
            case MemoryActionKind.PageIn:
                store!.Read(action.Source, bytes);
                tables!.WriteFrame(action.Frame, bytes);
                return 1;
            case MemoryActionKind.Copy:
                tables!.ReadFrame(action.Source, bytes);
                tables.WriteFrame(action.Frame, bytes);
                return 0;
            default:
                bytes.Clear();
                tables!.WriteFrame(action.Frame, bytes);
                return 0;
        }
    }
}
