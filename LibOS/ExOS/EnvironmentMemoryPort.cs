using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.LibOS.Memory;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// Virtual memory of ExOS: the library looks faults up in its own page table and calls the kernel
/// with a capability to bind what it finds, many pages in one call (Engler, Kaashoek and O'Toole,
/// SOSP 1995, section 6.2). The kernel forwards what its software TLB does not hold, and knows no
/// page table of the library's. Dirty bits are the library's own: a page that is clean may not be
/// written until a fault says that it is.
/// </summary>
internal sealed class EnvironmentMemoryPort(
    DomainMemory memory, KernelGate gate, Func<long, EmulatedTask> wait) : IMemoryPort
{
    /// <summary>Page from which applications map: at 4 GiB.</summary>
    private const long FirstPage = 1L << 20;

    /// <summary>Page from which the library sees its frames: at 3 GiB.</summary>
    private const long WindowPage = 3L << 18;

    /// <summary>Edits that the kernel takes in one call.</summary>
    private const int EditLimit = 64;

    /// <summary>The slot of the credential that an environment begins with.</summary>
    private const int OwnCredential = 0;

    private readonly SortedDictionary<long, TableEdit> edits = [];
    private readonly SortedDictionary<long, long> bound = [];
    private IVirtualMemory? library;
    private IBackingStore? store;
    private long firstFrame;
    private long nextPage = FirstPage;

    /// <inheritdoc/>
    public async EmulatedTask<bool> Configure(MemorySettings settings)
    {
        if (library is not null)
            return false;
        var allocated = await gate.Call(new KernelCall.AllocateFrames(settings.FrameLimit));
        if (allocated.Refusal != ExokernelRefusal.None)
            return false;
        firstFrame = allocated.Value;
        var mapped = await gate.Call(new KernelCall.MapPages(
            WindowPage, firstFrame, settings.FrameLimit, IsWritable: true));
        if (mapped.Refusal != ExokernelRefusal.None)
            return false;
        var frames = new FramePool();
        frames.Grant(
            Enumerable.Range(0, settings.FrameLimit).Select(frame => firstFrame + frame));
        store = new MemoryBackingStore(VirtualMemoryOptions.RangePages, settings.StoreLatencyPs);
        library = new VirtualAddressSpace(new VirtualMemoryOptions
        {
            FirstPage = FirstPage,
            Frames = frames,
            Store = store,
            Table = settings.Table,
            Policy = settings.Policy,
            OwnPolicy = settings.OwnPolicy,
        });
        return true;
    }

    /// <inheritdoc/>
    public async EmulatedTask<ulong> Map(int pages, MemoryProtection protection)
    {
        if (library is null && !await Configure(new MemorySettings()))
            return 0;
        var first = nextPage;
        if (library!.Map(first, pages, protection) != MemoryRefusal.None || !await CarryOut())
            return 0;
        nextPage += pages;
        return (ulong)Frame.AddressOf(first);
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Unmap(ulong address, int pages) =>
        library?.Unmap(PageOf(address), pages) == MemoryRefusal.None & await CarryOut();

    /// <inheritdoc/>
    public async EmulatedTask<bool> Protect(
        ulong address, int pages, MemoryProtection protection) =>
        library?.Protect(PageOf(address), pages, protection) == MemoryRefusal.None
            & await CarryOut();

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
        await gate.Raise(fault);
        return hasHandler ? FaultVerdict.Delivered : await Decline(fault);
    }

    /// <summary>The way back from a handler needs no kernel.</summary>
    public EmulatedTask HandlerReturned() => EmulatedTask.Completed;

    /// <inheritdoc/>
    public async EmulatedTask<FaultVerdict> Decline(PageFault fault)
    {
        if (library is null)
            return FaultVerdict.Refused;
        var verdict = library.Fault(
            PageOf(fault.VirtualAddress), (fault.Access & Access.Write) != 0);
        return await CarryOut() ? verdict : FaultVerdict.OutOfMemory;
    }

    private static long PageOf(ulong address) => Frame.NumberOf((long)address);

    /// <summary>False when the kernel refuses a binding.</summary>
    private async EmulatedTask<bool> CarryOut()
    {
        if (library is null)
            return false;
        var transfers = 0;
        foreach (var action in library.Actions)
        {
            MemoryActionCosts.Charge(action, library.LookupCost, memory);
            if (action.Kind is MemoryActionKind.Copy or MemoryActionKind.Zero
                or MemoryActionKind.PageIn or MemoryActionKind.PageOut)
            {
                transfers += Move(action);
            }
            else if (action.Kind is not (MemoryActionKind.Lookup or MemoryActionKind.Deliver))
            {
                Plan(action);
            }
        }

        if (transfers > 0)
            await wait(transfers * store!.LatencyPs);
        return await Edit();
    }

    /// <summary>
    /// What the kernel is to be asked for a page, in place of what was planned for it before.
    /// </summary>
    private void Plan(in MemoryAction action)
    {
        var page = action.Page;
        var isBound = bound.TryGetValue(page, out var frame);
        edits.Remove(page);
        if (action.Rights == MemoryProtection.None)
        {
            if (isBound)
                edits.Add(page, new TableEdit(TableEditKind.Remove, page, frame, default, 0));
            return;
        }

        var rights = PageRights.User | ((action.Rights & MemoryProtection.Write) != 0
            ? PageRights.Writable : PageRights.None);
        edits.Add(page, new TableEdit(
            isBound && frame == action.Frame ? TableEditKind.Protect : TableEditKind.Insert,
            page, action.Frame, rights, OwnCredential));
    }

    private async EmulatedTask<bool> Edit()
    {
        while (edits.Count > 0)
        {
            var first = edits.Values.First();
            var run = edits.Values
                .TakeWhile((edit, index) => edit.Kind == TableEditKind.Protect
                    && edit.VirtualPage == first.VirtualPage + index
                    && edit.Rights == first.Rights)
                .Count();
            var batch = edits.Values.Take(run > 1 ? run : EditLimit).ToArray();
            foreach (var edit in batch)
                Enter(edit);
            KernelCall call = run > 1
                ? new MemoryCall.ProtectRange(
                    first.VirtualPage, run, first.Rights, OwnCredential)
                : new MemoryCall.EditPages([.. batch]);
            var result = await gate.Call(call);
            if (result.Refusal != ExokernelRefusal.None)
                return false;
        }

        return true;
    }

    private void Enter(in TableEdit edit)
    {
        edits.Remove(edit.VirtualPage);
        if (edit.Kind == TableEditKind.Remove)
            bound.Remove(edit.VirtualPage);
        else
            bound[edit.VirtualPage] = edit.Frame;
    }

    /// <summary>Moves a frame's bytes; gives how many pages went to or from the store.</summary>
    private int Move(in MemoryAction action)
    {
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        switch (action.Kind)
        {
            case MemoryActionKind.PageOut:
                memory.Read(WindowOf(action.Frame), bytes);
                store!.Write(action.Source, bytes);
                return 1;
            case MemoryActionKind.PageIn:
                store!.Read(action.Source, bytes);
                memory.Write(WindowOf(action.Frame), bytes);
                return 1;
            case MemoryActionKind.Copy:
                memory.Read(WindowOf(action.Source), bytes);
                memory.Write(WindowOf(action.Frame), bytes);
                return 0;
            default:
                bytes.Clear();
                memory.Write(WindowOf(action.Frame), bytes);
                return 0;
        }
    }

    private ulong WindowOf(long frame) =>
        (ulong)Frame.AddressOf(WindowPage + frame - firstFrame);
}
