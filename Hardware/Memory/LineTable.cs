using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Memory;

/// <summary>
/// Where each touched line is: an open-addressing hash table from line number to location, with
/// linear probing and backward-shift deletion (Knuth, volume 3, section 6.4, algorithm R).
/// Eight bytes an entry; the capacity grows by a quarter and need not be a power of two, so that
/// between 64 % and 80 % of it is in use and growth never doubles a large array.
/// </summary>
internal sealed class LineTable
{
    private const int InitialCapacity = 64;

    /// <summary>Knuth's multiplicative hashing: 2^32 divided by the golden ratio.</summary>
    private const uint Multiplier = 0x9E3779B1;

    private const uint WatchedBit = 1;

    /// <summary>Line number in the upper half, location in the lower; zero when empty.</summary>
    private ulong[] entries = new ulong[InitialCapacity];

    /// <summary>Lines in the table.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that the table itself takes.</summary>
    public long OverheadBytes => (long)entries.Length * sizeof(ulong);

    /// <summary>The slot that a location from <see cref="Find"/> names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SlotOf(uint location) => (int)(location >> 1) - 1;

    /// <summary>Whether a location from <see cref="Find"/> is watched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWatched(uint location) => (location & WatchedBit) != 0;

    /// <summary>Location of a line, or zero when the line was never touched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(uint line)
    {
        var table = entries;
        var index = HomeOf(line, table.Length);
        while (true)
        {
            var entry = table[index];
            if (entry == 0) return 0;
            if ((uint)(entry >> 32) == line) return (uint)entry;
            if (++index == table.Length) index = 0;
        }
    }

    /// <summary>Enters a line that is not in the table. Returns its location.</summary>
    public uint Add(uint line, int slot)
    {
        if ((long)(Count + 1) * 5 > (long)entries.Length * 4) Grow();
        var location = (uint)(slot + 1) << 1;
        Insert(entries, ((ulong)line << 32) | location);
        Count++;
        return location;
    }

    /// <summary>Marks a line as watched or not. The line must be in the table.</summary>
    public void SetWatched(uint line, bool watched)
    {
        var index = IndexOf(line);
        if (index < 0) throw new InvalidOperationException($"line {line} is not in the table");
        if (watched) entries[index] |= WatchedBit;
        else entries[index] &= ~(ulong)WatchedBit;
    }

    /// <summary>Takes a line out. Returns its location, or zero when it was not there.</summary>
    public uint Remove(uint line)
    {
        var hole = IndexOf(line);
        if (hole < 0) return 0;
        var location = (uint)entries[hole];
        var length = entries.Length;
        var next = hole;
        while (true)
        {
            if (++next == length) next = 0;
            var entry = entries[next];
            if (entry == 0) break;
            // An entry may move back to the hole only if that does not put it before its home.
            var home = HomeOf((uint)(entry >> 32), length);
            if (Distance(home, next, length) < Distance(hole, next, length)) continue;
            entries[hole] = entry;
            hole = next;
        }
        entries[hole] = 0;
        Count--;
        return location;
    }

    private static int Distance(int from, int to, int length) =>
        to >= from ? to - from : to - from + length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HomeOf(uint line, int length) =>
        (int)(((ulong)(line * Multiplier) * (uint)length) >> 32);

    private static void Insert(ulong[] table, ulong entry)
    {
        var index = HomeOf((uint)(entry >> 32), table.Length);
        while (table[index] != 0)
        {
            if (++index == table.Length) index = 0;
        }
        table[index] = entry;
    }

    private int IndexOf(uint line)
    {
        var index = HomeOf(line, entries.Length);
        while (entries[index] != 0)
        {
            if ((uint)(entries[index] >> 32) == line) return index;
            if (++index == entries.Length) index = 0;
        }
        return -1;
    }

    private void Grow()
    {
        var grown = new ulong[entries.Length + (entries.Length / 4)];
        foreach (var entry in entries)
        {
            if (entry != 0) Insert(grown, entry);
        }
        entries = grown;
    }
}
