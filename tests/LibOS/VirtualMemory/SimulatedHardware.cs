using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.Tests.VirtualMemory;

/// <summary>
/// What carries out the actions of one space: a table of translations over frames of a byte each,
/// which all spaces have in common.
/// </summary>
internal sealed class SimulatedHardware(
    SortedDictionary<long, byte> frames, IBackingStore store, bool notesUse) : IPageUse
{
    private readonly SortedDictionary<long, Translation> translations = [];

    public IPageUse? Use => notesUse ? this : null;

    public IEnumerable<KeyValuePair<long, Translation>> Translations => translations;

    public int TransferCount { get; private set; }

    public void CarryOut(IReadOnlyList<MemoryAction> actions)
    {
        foreach (var action in actions)
            CarryOut(action);
    }

    /// <summary>One access to the only byte of a page; false when it faults.</summary>
    public bool TryAccess(long page, byte? written, out byte value)
    {
        value = 0;
        if (!translations.TryGetValue(page, out var found)
            || (written is not null && (found.Rights & MemoryProtection.Write) == 0))
        {
            return false;
        }

        found.IsUsed = true;
        if (written is { } given)
        {
            found.IsWritten = true;
            frames[found.Frame] = given;
        }

        value = frames[found.Frame];
        return true;
    }

    bool IPageUse.TakeUsed(long page)
    {
        var wasUsed = translations.TryGetValue(page, out var found) && found.IsUsed;
        if (wasUsed)
            found!.IsUsed = false;
        return wasUsed;
    }

    bool IPageUse.TakeWritten(long page)
    {
        var wasWritten = translations.TryGetValue(page, out var found) && found.IsWritten;
        if (wasWritten)
            found!.IsWritten = false;
        return wasWritten;
    }

    private void CarryOut(in MemoryAction action)
    {
        switch (action.Kind)
        {
            case MemoryActionKind.Map:
                translations.Add(action.Page, new Translation(action.Frame, action.Rights));
                break;
            case MemoryActionKind.Unmap:
                if (!translations.Remove(action.Page))
                    throw new InvalidOperationException($"page {action.Page} is not translated");
                break;
            case MemoryActionKind.ChangeRights:
                translations[action.Page].Rights = action.Rights;
                break;
            case MemoryActionKind.Protect or MemoryActionKind.ProtectNext
                or MemoryActionKind.UnprotectNext:
                Set(action);
                break;
            case MemoryActionKind.Copy:
                frames[action.Frame] = frames[action.Source];
                break;
            case MemoryActionKind.Zero:
                frames[action.Frame] = 0;
                break;
            case MemoryActionKind.PageIn:
                var read = new byte[Frame.SizeBytes];
                store.Read(action.Source, read);
                frames[action.Frame] = read[0];
                TransferCount++;
                break;
            case MemoryActionKind.PageOut:
                var kept = new byte[Frame.SizeBytes];
                kept[0] = frames[action.Frame];
                store.Write(action.Source, kept);
                TransferCount++;
                break;
            default:
                break;
        }
    }

    private void Set(in MemoryAction action)
    {
        if (action.Rights == MemoryProtection.None)
            translations.Remove(action.Page);
        else if (translations.TryGetValue(action.Page, out var found))
            found.Rights = action.Rights;
        else
            translations.Add(action.Page, new Translation(action.Frame, action.Rights));
    }

    internal sealed class Translation(long frame, MemoryProtection rights)
    {
        public long Frame => frame;

        public MemoryProtection Rights { get; set; } = rights;

        public bool IsUsed { get; set; }

        public bool IsWritten { get; set; }
    }
}
