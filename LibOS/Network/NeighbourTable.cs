using Disguise.Hardware.Wire;

namespace Disguise.LibOS.Network;

/// <summary>
/// Ethernet addresses of neighbours by IPv4 address. Bounded: each address has one slot, by its
/// low bits; a newcomer takes it once the table has its full size. Empty until first used.
/// </summary>
public sealed class NeighbourTable
{
    /// <summary>Most neighbours.</summary>
    public const int Limit = 256;

    private const int FirstSize = 4;

    private Entry[] entries = [];

    /// <summary>Neighbours known.</summary>
    public int Count { get; private set; }

    /// <summary>Learns or corrects a neighbour's address.</summary>
    public void Learn(Ipv4Address address, MacAddress mac)
    {
        if (entries.Length == 0)
            entries = new Entry[FirstSize];
        while (IsTakenByAnother(address) && entries.Length < Limit)
            Grow();
        ref var entry = ref entries[SlotOf(address)];
        if (!entry.IsUsed)
            Count++;
        entry = new Entry(address, mac, true);
    }

    /// <summary>Finds a neighbour's Ethernet address.</summary>
    public bool TryFind(Ipv4Address address, out MacAddress mac)
    {
        mac = default;
        if (entries.Length == 0)
            return false;
        ref readonly var entry = ref entries[SlotOf(address)];
        if (!entry.IsUsed || entry.Address != address)
            return false;
        mac = entry.Mac;
        return true;
    }

    private int SlotOf(Ipv4Address address) => (int)(address.Value & (uint)(entries.Length - 1));

    private bool IsTakenByAnother(Ipv4Address address)
    {
        ref readonly var entry = ref entries[SlotOf(address)];
        return entry.IsUsed && entry.Address != address;
    }

    // Two that had different slots have different slots in a larger table, too.
    private void Grow()
    {
        var old = entries;
        entries = new Entry[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry.IsUsed)
                entries[SlotOf(entry.Address)] = entry;
        }
    }

    private readonly record struct Entry(Ipv4Address Address, MacAddress Mac, bool IsUsed);
}
