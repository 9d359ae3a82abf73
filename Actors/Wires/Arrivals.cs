using Disguise.Actors.Time;

namespace Disguise.Actors.Wires;

/// <summary>
/// What wires have brought to an island that it has not visited since. Putting a record here
/// touches one line of memory; the island's own heap is touched when the island runs.
/// </summary>
internal sealed class Arrivals
{
    private Arrival[] items = new Arrival[4];
    private int count;

    /// <summary>Time of the earliest, or <see cref="Picoseconds.Never"/>.</summary>
    public long EarliestPs { get; private set; } = Picoseconds.Never;

    public ReadOnlySpan<Arrival> All => items.AsSpan(0, count);

    public void Add(long timePs, ulong order, InputPort port, long word)
    {
        if (count == items.Length)
            Array.Resize(ref items, count * 2);
        items[count++] = new Arrival(timePs, order, port, word);
        if (timePs < EarliestPs)
            EarliestPs = timePs;
    }

    public void Clear()
    {
        count = 0;
        EarliestPs = Picoseconds.Never;
    }

    internal readonly record struct Arrival(long TimePs, ulong Order, InputPort Port, long Word);
}
