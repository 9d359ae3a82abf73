using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Memory;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// Virtual memory of ExOS: the library looks faults up in its own page table and calls the kernel
/// with a capability to bind what it finds, many pages in one call (Engler, Kaashoek and O'Toole,
/// SOSP 1995, section 6.2). The kernel forwards what its software TLB does not hold, and knows no
/// page table of the library's. Dirty bits are the library's own: a page that is clean may not be
/// written until a fault says that it is. What the kernel asks back is given by
/// <see cref="MemoryReturns"/>, what it takes is made good by <see cref="MemoryRepair"/>.
/// </summary>
internal sealed class EnvironmentMemoryPort : IMemoryPort
{
    /// <summary>Page from which applications map: at 4 GiB.</summary>
    private const long FirstPage = 1L << 20;

    /// <summary>Places at the swap server that are loaded for what may be taken by force.
    /// </summary>
    private const int BackingPlaces = 64;

    private readonly DomainMemory memory;
    private readonly Func<long, EmulatedTask> wait;
    private EnvironmentFrames frames;
    private readonly PageBindings bindings;
    private readonly MemoryRepair repair;
    private readonly MemoryReturns returns;
    private VirtualAddressSpace? library;
    private IBackingStore? store;
    private long nextPage = FirstPage;

    /// <summary>Virtual memory that is not in use yet.</summary>
    /// <param name="memory">The environment's memory.</param>
    /// <param name="gate">The way to the kernel.</param>
    /// <param name="wait">Waits for the backing store.</param>
    /// <param name="returns">What the kernel asks back.</param>
    public EnvironmentMemoryPort(
        DomainMemory memory, KernelGate gate, Func<long, EmulatedTask> wait,
        MemoryReturns returns)
    {
        this.memory = memory;
        this.wait = wait;
        this.returns = returns;
        frames = new EnvironmentFrames(gate, memory);
        bindings = new PageBindings(gate);
        repair = new MemoryRepair(gate, frames, bindings, returns, CarryOut, wait);
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Configure(MemorySettings settings)
    {
        if (library is not null || !await frames.Allocate(settings.FrameLimit))
            return false;
        await repair.Prepare(Math.Min(settings.FrameLimit, BackingPlaces));
        store = new MemoryBackingStore(VirtualMemoryOptions.RangePages, settings.StoreLatencyPs);
        library = new VirtualAddressSpace(new VirtualMemoryOptions
        {
            FirstPage = FirstPage,
            Frames = frames.Pool,
            Store = store,
            Table = settings.Table,
            Policy = settings.Policy,
            OwnPolicy = settings.OwnPolicy,
        });
        returns.Attach(new SparedMemory(library, frames, bindings, store));
        return true;
    }

    /// <inheritdoc/>
    public async EmulatedTask<ulong> Map(int pages, MemoryProtection protection)
    {
        if (library is null && !await Configure(new MemorySettings()))
            return 0;
        await Begin();
        var first = nextPage;
        var isDone = library!.Map(first, pages, protection) == MemoryRefusal.None
            && await CarryOut();
        returns.Leave();
        if (!isDone)
            return 0;
        nextPage += pages;
        return (ulong)Frame.AddressOf(first);
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Unmap(ulong address, int pages)
    {
        if (library is null)
            return false;
        await Begin();
        return await End(library.Unmap(PageOf(address), pages));
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Protect(
        ulong address, int pages, MemoryProtection protection)
    {
        if (library is null)
            return false;
        await Begin();
        return await End(library.Protect(PageOf(address), pages, protection));
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool?> IsDirty(ulong address)
    {
        if (library is null)
            return false;
        await Begin();
        var isDirty = library.IsDirty(PageOf(address));
        await End(MemoryRefusal.None);
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
        await returns.Gate.Raise(fault);
        return hasHandler ? FaultVerdict.Delivered : await Decline(fault);
    }

    /// <summary>The way back from a handler needs no kernel.</summary>
    public EmulatedTask HandlerReturned() => EmulatedTask.Completed;

    /// <inheritdoc/>
    public async EmulatedTask<FaultVerdict> Decline(PageFault fault)
    {
        if (library is null)
            return FaultVerdict.Refused;
        await Begin();
        var verdict = library.Fault(
            PageOf(fault.VirtualAddress), (fault.Access & Access.Write) != 0);
        var isDone = await CarryOut();
        // What was taken meanwhile is made good when the access faults again.
        isDone |= returns.HasLost;
        returns.Leave();
        return isDone ? verdict : FaultVerdict.OutOfMemory;
    }

    /// <summary>
    /// Has an environment that the kernel has made begin with a copy of this memory: what is
    /// shared may be written by neither from now on. False when the kernel refuses a binding.
    /// </summary>
    public async EmulatedTask<bool> Fork(int child, ForkedSpace space)
    {
        if (library is null)
            return true;
        await Begin();
        var forked = (VirtualAddressSpace)library.Fork();
        forked.HasHandler = false;
        space.Library = forked;
        space.Store = store;
        space.Frames = frames;
        space.NextPage = nextPage;
        foreach (var action in forked.Actions)
            MemoryActionCosts.Charge(action, forked.LookupCost, memory);
        var isDone = await CarryOut()
            && await bindings.BindFor(child, forked.Actions, space.Bound);
        returns.Leave();
        return isDone;
    }

    /// <summary>This is a child's memory, from what its parent has left for it. False where that
    /// is not whole.</summary>
    public bool Begin(ForkedSpace space)
    {
        if (!space.IsWhole || space.Library is null)
            return space.IsWhole;
        library = space.Library;
        store = space.Store;
        frames = space.Frames!.For(returns.Gate, memory);
        nextPage = space.NextPage;
        bindings.Begin(space.Bound);
        return true;
    }

    private static long PageOf(ulong address) => Frame.NumberOf((long)address);

    /// <summary>
    /// An operation begins. What was taken by force is made good first, so that what the library
    /// decides is about frames that it has.
    /// </summary>
    private async EmulatedTask Begin()
    {
        await returns.Enter();
        if (returns.HasLost)
            await repair.Run(library!);
    }

    private async EmulatedTask<bool> End(MemoryRefusal refusal)
    {
        var isDone = await CarryOut();
        returns.Leave();
        return isDone && refusal == MemoryRefusal.None;
    }

    /// <summary>False when the kernel refuses a binding.</summary>
    private async EmulatedTask<bool> CarryOut()
    {
        var transfers = 0;
        foreach (var action in library!.Actions)
        {
            MemoryActionCosts.Charge(action, library.LookupCost, memory);
            if (action.Kind is MemoryActionKind.Copy or MemoryActionKind.Zero
                or MemoryActionKind.PageIn or MemoryActionKind.PageOut)
            {
                if (!await frames.See(action.Frame) || (action.Kind == MemoryActionKind.Copy
                    && !await frames.See(action.Source)))
                    return false;
                transfers += Move(action);
            }
            else if (action.Kind is not (MemoryActionKind.Lookup or MemoryActionKind.Deliver))
            {
                bindings.Plan(action);
            }
        }

        if (transfers > 0)
            await wait(transfers * store!.LatencyPs);
        return await bindings.Edit();
    }

    /// <summary>Moves a frame's bytes; gives how many pages went to or from the store.</summary>
    private int Move(in MemoryAction action)
    {
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        switch (action.Kind)
        {
            case MemoryActionKind.PageOut:
                memory.Read(frames.WindowOf(action.Frame), bytes);
                store!.Write(action.Source, bytes);
                return 1;
            case MemoryActionKind.PageIn:
                store!.Read(action.Source, bytes);
                memory.Write(frames.WindowOf(action.Frame), bytes);
                return 1;
            case MemoryActionKind.Copy:
                memory.Read(frames.WindowOf(action.Source), bytes);
                memory.Write(frames.WindowOf(action.Frame), bytes);
                return 0;
            default:
                bytes.Clear();
                memory.Write(frames.WindowOf(action.Frame), bytes);
                return 0;
        }
    }
}
