namespace Disguise.Hardware.Memory;

/// <summary>
/// Who watches which line. One watcher, the usual case, costs a table entry and no object. Lists
/// are replaced and never changed, so that a watcher may watch and unwatch while it is called.
/// </summary>
internal sealed class LineWatches
{
    private readonly Dictionary<uint, object> watchersOfLine = [];

    /// <summary>Adds a watcher behind those already there.</summary>
    public void Add(uint line, IMemoryWatcher watcher)
    {
        if (!watchersOfLine.TryGetValue(line, out var present))
        {
            watchersOfLine.Add(line, watcher);
            return;
        }
        IMemoryWatcher[] before = present as IMemoryWatcher[] ?? [(IMemoryWatcher)present];
        if (before.Length == PhysicalMemory.MaximumWatchersPerLine)
        {
            throw new InvalidOperationException(
                $"line {line} already has {before.Length} watchers, which is the limit");
        }
        watchersOfLine[line] = (IMemoryWatcher[])[.. before, watcher];
    }

    /// <summary>
    /// Removes the first registration of a watcher. <paramref name="isLast"/> tells whether nobody
    /// watches the line any more.
    /// </summary>
    public bool Remove(uint line, IMemoryWatcher watcher, out bool isLast)
    {
        isLast = false;
        if (!watchersOfLine.TryGetValue(line, out var present)) return false;
        if (present is not IMemoryWatcher[] list)
        {
            if (!ReferenceEquals(present, watcher)) return false;
            watchersOfLine.Remove(line);
            isLast = true;
            return true;
        }
        var position = Array.IndexOf(list, watcher);
        if (position < 0) return false;
        watchersOfLine[line] = list.Length == 2
            ? list[1 - position]
            : (IMemoryWatcher[])[.. list[..position], .. list[(position + 1)..]];
        return true;
    }

    /// <summary>Forgets all watchers of a line without a word to them.</summary>
    public void RemoveAll(uint line) => watchersOfLine.Remove(line);

    /// <summary>Tells those who watched the line when the write landed.</summary>
    public void Notify(uint line, long physicalAddress, int lengthBytes)
    {
        if (!watchersOfLine.TryGetValue(line, out var present)) return;
        if (present is IMemoryWatcher[] list)
        {
            foreach (var watcher in list) watcher.Written(physicalAddress, lengthBytes);
            return;
        }
        ((IMemoryWatcher)present).Written(physicalAddress, lengthBytes);
    }
}
