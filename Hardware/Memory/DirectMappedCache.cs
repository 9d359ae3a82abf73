using System.Numerics;
using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Memory;

/// <summary>
/// A direct-mapped cache by a key of 64 bits that is never zero. It holds exactly what one of its
/// full capacity would: storage starts small and doubles when two keys collide, until the full
/// capacity makes collision final.
/// </summary>
internal sealed class DirectMappedCache<TValue>
    where TValue : struct
{
    private const int InitialCapacity = 16;

    /// <summary>2^64 divided by the golden ratio: spreads keys that differ in low bits.</summary>
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly int maximumCapacity;
    private Slot[] slots = [];

    public DirectMappedCache(int capacity)
    {
        if (capacity < InitialCapacity || !BitOperations.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity), capacity, $"not a power of two from {InitialCapacity}");
        }
        maximumCapacity = capacity;
    }

    /// <summary>What it holds.</summary>
    public IEnumerable<(ulong Key, TValue Value)> Entries =>
        slots.Where(slot => slot.Key != 0).Select(slot => (slot.Key, slot.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ulong key, out TValue value)
    {
        var table = slots;
        var index = IndexOf(key, table.Length);
        if ((uint)index < (uint)table.Length && table[index].Key == key)
        {
            value = table[index].Value;
            return true;
        }
        value = default;
        return false;
    }

    public void Insert(ulong key, TValue value)
    {
        if (slots.Length == 0) slots = new Slot[InitialCapacity];
        var index = IndexOf(key, slots.Length);
        while (slots[index].Key != 0 && slots[index].Key != key && slots.Length < maximumCapacity)
        {
            Grow();
            index = IndexOf(key, slots.Length);
        }
        slots[index] = new Slot { Key = key, Value = value };
    }

    public void Remove(ulong key)
    {
        var index = IndexOf(key, slots.Length);
        if ((uint)index < (uint)slots.Length && slots[index].Key == key) slots[index] = default;
    }

    /// <summary>Removes every entry whose key has these bits under a mask.</summary>
    public void RemoveAll(ulong mask, ulong bits)
    {
        foreach (ref var slot in slots.AsSpan())
        {
            if (slot.Key != 0 && (slot.Key & mask) == bits) slot = default;
        }
    }

    public void Clear() => Array.Clear(slots);

    /// <summary>
    /// The low bits of a hash, so that twice the capacity keeps apart what the half kept apart.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(ulong key, int capacity) =>
        (int)((key * Multiplier) >> 32) & (capacity - 1);

    private void Grow()
    {
        var before = slots;
        slots = new Slot[before.Length * 2];
        foreach (var slot in before)
        {
            if (slot.Key != 0) slots[IndexOf(slot.Key, slots.Length)] = slot;
        }
    }

    private struct Slot
    {
        public ulong Key;
        public TValue Value;
    }
}
