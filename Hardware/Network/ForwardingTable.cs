using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Network;

/// <summary>
/// Which station is behind which port of a switch: entries that were set and entries that were
/// learned (IEEE 802.1D clause 7.8). Learned entries do not age. When the table is full nothing
/// more is learned, and frames to the unknown are flooded.
/// </summary>
public sealed class ForwardingTable
{
    private readonly Dictionary<ulong, Entry> entries = [];
    private readonly int limit;

    /// <summary>Makes an empty table.</summary>
    public ForwardingTable(int limit = 1 << 23) => this.limit = limit;

    /// <summary>Entries held.</summary>
    public int Count => entries.Count;

    /// <summary>Sources that were not learned because the table was full.</summary>
    public long NotLearnedCount { get; private set; }

    /// <summary>Sets an entry that learning does not change. Throws when the table is full.
    /// </summary>
    public void Set(MacAddress station, int port)
    {
        if (entries.Count >= limit && !entries.ContainsKey(station.Value))
            throw new InvalidOperationException($"a switch knows {limit} stations at most");
        entries[station.Value] = new Entry(port, true);
    }

    /// <summary>Learns where a frame's source is.</summary>
    public void Learn(ulong station, int port)
    {
        if (entries.TryGetValue(station, out var known))
        {
            if (!known.IsStatic && known.Port != port)
                entries[station] = new Entry(port, false);
            return;
        }

        if (entries.Count >= limit)
            NotLearnedCount++;
        else
            entries.Add(station, new Entry(port, false));
    }

    /// <summary>The port behind which a station is, or -1.</summary>
    public int Find(ulong station) =>
        entries.TryGetValue(station, out var entry) ? entry.Port : -1;

    private readonly record struct Entry(int Port, bool IsStatic);
}
