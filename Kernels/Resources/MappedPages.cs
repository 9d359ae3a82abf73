using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Resources;

/// <summary>
/// Carries out what a virtual-memory library wants, on page tables that hardware walks and with
/// the frames of the machine; and reads back what hardware notes in their entries (Intel SDM
/// volume 3, section 4.8). Translations are taken from all cores' buffers, at no cost beside the
/// entry's.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="table">The page table.</param>
/// <param name="space">Its tag in the cores' buffers.</param>
/// <param name="store">Where pages go that have no frame.</param>
public sealed class MappedPages(
    Machine machine, PageTable table, AddressSpaceId space, IBackingStore store) : IPageUse
{
    private readonly SortedSet<long> used = [];
    private readonly SortedSet<long> written = [];

    /// <summary>
    /// Carries out and charges everything in a library's list. False when there was no frame for a
    /// table: an access to that page faults again.
    /// </summary>
    /// <param name="library">Whose list.</param>
    /// <param name="execution">Where the code runs that does it.</param>
    /// <param name="transfers">Pages that went to or came from the backing store.</param>
    public bool CarryOut(IVirtualMemory library, IExecution execution, out int transfers)
    {
        transfers = 0;
        var isDone = true;
        foreach (var action in library.Actions)
        {
            MemoryActionCosts.Charge(action, library.LookupCost, execution);
            switch (action.Kind)
            {
                case MemoryActionKind.Map or MemoryActionKind.Unmap
                    or MemoryActionKind.ChangeRights:
                    execution.Charge(ProfileCosts.PageTableEntry);
                    isDone &= Set(action);
                    break;
                case MemoryActionKind.Protect or MemoryActionKind.ProtectNext
                    or MemoryActionKind.UnprotectNext:
                    isDone &= Set(action);
                    break;
                case MemoryActionKind.PageIn or MemoryActionKind.PageOut:
                    Transfer(action);
                    transfers++;
                    break;
                case MemoryActionKind.Copy:
                    Copy(action.Source, action.Frame);
                    break;
                case MemoryActionKind.Zero:
                    machine.Memory.ReleaseFrame(action.Frame);
                    break;
                default:
                    break;
            }
        }

        return isDone;
    }

    /// <summary>The frame to which hardware translates a page, or
    /// <see cref="MemoryAction.NoFrame"/>.</summary>
    public long FrameOf(long page) =>
        table.TryWalk(AddressOf(page), out var mapping)
            ? Frame.NumberOf(mapping.PhysicalAddress) : MemoryAction.NoFrame;

    /// <inheritdoc/>
    public bool TakeUsed(long page)
    {
        Note(page);
        return used.Remove(page);
    }

    /// <inheritdoc/>
    public bool TakeWritten(long page)
    {
        Note(page);
        return written.Remove(page);
    }

    private static ulong AddressOf(long page) => (ulong)Frame.AddressOf(page);

    /// <summary>
    /// Takes both bits over: they are cleared together, and the buffers forget the page, so that
    /// its next use is noted again.
    /// </summary>
    private void Note(long page)
    {
        if (!table.TryWalk(AddressOf(page), out var mapping)
            || !(mapping.IsAccessed || mapping.IsDirty))
        {
            return;
        }

        if (mapping.IsAccessed)
            used.Add(page);
        if (mapping.IsDirty)
            written.Add(page);
        table.ClearUse(AddressOf(page));
        Flush(page);
    }

    /// <summary>Has hardware grant an action's rights, whatever it granted before.</summary>
    private bool Set(in MemoryAction action)
    {
        var isSet = true;
        if (action.Rights == MemoryProtection.None)
        {
            table.Unmap(AddressOf(action.Page));
            used.Remove(action.Page);
            written.Remove(action.Page);
        }
        else if (!table.Protect(AddressOf(action.Page), RightsOf(action.Rights)))
        {
            isSet = table.Map(
                AddressOf(action.Page), Frame.AddressOf(action.Frame), RightsOf(action.Rights))
                == MapResult.Mapped;
        }

        Flush(action.Page);
        return isSet;
    }

    private static PageRights RightsOf(MemoryProtection granted) =>
        (granted & MemoryProtection.Write) != 0
            ? PageRights.User | PageRights.Writable : PageRights.User;

    private void Flush(long page)
    {
        foreach (var core in machine.Cores)
            core.Mmu.Tlb.FlushPage(space, AddressOf(page));
    }

    private void Transfer(in MemoryAction action)
    {
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        if (action.Kind == MemoryActionKind.PageOut)
        {
            machine.Memory.Read(Frame.AddressOf(action.Frame), bytes);
            store.Write(action.Source, bytes);
        }
        else
        {
            store.Read(action.Source, bytes);
            machine.Memory.Write(Frame.AddressOf(action.Frame), bytes);
        }
    }

    private void Copy(long source, long destination)
    {
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        machine.Memory.Read(Frame.AddressOf(source), bytes);
        machine.Memory.Write(Frame.AddressOf(destination), bytes);
    }
}
