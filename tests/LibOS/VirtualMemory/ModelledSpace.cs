using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.Tests.VirtualMemory;

/// <summary>
/// What an application may expect of its memory, said as simply as can be: a byte and a protection
/// for each page, and cells that several spaces have in common.
/// </summary>
internal sealed class ModelledSpace
{
    private readonly SortedDictionary<long, Cell> cells = [];

    public bool Map(long first, int pages, MemoryProtection protection, byte[]? shared)
    {
        for (var index = 0; index < pages; index++)
        {
            if (cells.ContainsKey(first + index))
                return false;
        }

        for (var index = 0; index < pages; index++)
            cells.Add(first + index, new Cell(protection, shared, index));
        return true;
    }

    public bool Unmap(long first, int pages) => ForAll(first, pages, page => cells.Remove(page));

    public bool Protect(long first, int pages, MemoryProtection protection) =>
        ForAll(first, pages, page => cells[page].Protection = protection);

    public bool? IsDirty(long page) => cells.GetValueOrDefault(page)?.IsDirty;

    public bool Clean(long page) => ForAll(page, 1, cleaned => cells[cleaned].IsDirty = false);

    /// <summary>The value after an access; null when it is refused.</summary>
    public byte? Access(long page, byte? written)
    {
        if (!cells.TryGetValue(page, out var cell)
            || cell.Protection == MemoryProtection.None
            || (written is not null && (cell.Protection & MemoryProtection.Write) == 0))
        {
            return null;
        }

        if (written is { } given)
        {
            cell.Value = given;
            cell.IsDirty = true;
        }

        return cell.Value;
    }

    public ModelledSpace Fork()
    {
        var child = new ModelledSpace();
        foreach (var (page, cell) in cells)
            child.cells.Add(page, cell.Copy());
        return child;
    }

    private bool ForAll(long first, int pages, Action<long> act)
    {
        for (var page = first; page < first + pages; page++)
        {
            if (!cells.ContainsKey(page))
                return false;
        }

        for (var page = first; page < first + pages; page++)
            act(page);
        return true;
    }

    private sealed class Cell(MemoryProtection protection, byte[]? shared, int index)
    {
        private byte value;

        public MemoryProtection Protection { get; set; } = protection;

        public bool IsDirty { get; set; }

        public byte Value
        {
            get => shared is null ? value : shared[index];
            set
            {
                if (shared is null)
                    this.value = value;
                else
                    shared[index] = value;
            }
        }

        public Cell Copy() => new(Protection, shared, index)
        {
            value = value,
            IsDirty = IsDirty,
        };
    }
}
