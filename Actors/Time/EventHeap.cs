using System.Runtime.CompilerServices;
using Akka.Actor;
using Disguise.Actors.Dispatch;

namespace Disguise.Actors.Time;

/// <summary>
/// The pending events of one island, ordered by (time, origin, origin's counter). The order is
/// total and assigned by senders, so it does not depend on when a batch of events arrived.
/// </summary>
/// <remarks>
/// A 4-ary heap: four 16-byte keys are one cache line. Payloads stay in a slab and never move.
/// </remarks>
public sealed class EventHeap
{
    /// <summary>Bits of an order word that count the origin's events.</summary>
    public const int CounterBits = 40;

    /// <summary>Most origins (islands and wires) of one experiment.</summary>
    public const int OriginLimit = 1 << (64 - CounterBits);

    private readonly int limit;
    private Key[] keys = new Key[16];
    private int[] slots = new int[16];
    private EventPayload[] payloads = new EventPayload[16];
    private int[] freeSlots = new int[16];
    private int freeCount;
    private int slotCount;
    private int count;

    /// <summary>Makes an empty heap that refuses to grow past <paramref name="limit"/>.</summary>
    public EventHeap(int limit = 1 << 26) => this.limit = limit;

    /// <summary>Events pending.</summary>
    public int Count => count;

    /// <summary>Time of the earliest event, or <see cref="Picoseconds.Never"/>.</summary>
    public long NextTimePs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => count == 0 ? Picoseconds.Never : keys[0].TimePs;
    }

    /// <summary>Joins an origin and its counter to the second word of the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Order(int origin, ulong counter) =>
        ((ulong)(uint)origin << CounterBits) | counter;

    /// <summary>Adds an event. Throws when the limit is reached.</summary>
    public void Push(long timePs, ulong order, in EventPayload payload)
    {
        var slot = TakeSlot();
        payloads[slot] = payload;
        if (count == keys.Length)
        {
            Array.Resize(ref keys, count * 2);
            Array.Resize(ref slots, count * 2);
        }

        SiftUp(count++, new Key(timePs, order), slot);
    }

    /// <summary>Removes the earliest event; the heap must not be empty.</summary>
    public long Pop(out EventPayload payload)
    {
        var timePs = keys[0].TimePs;
        var slot = slots[0];
        payload = payloads[slot];
        payloads[slot] = default;
        if (freeCount == freeSlots.Length)
            Array.Resize(ref freeSlots, freeCount * 2);
        freeSlots[freeCount++] = slot;
        count--;
        if (count > 0)
            SiftDown(keys[count], slots[count]);
        return timePs;
    }

    /// <summary>
    /// Ordinals of the receivers of events before a time at the head of the heap, as many as fit,
    /// in no order: what an island is about to touch.
    /// </summary>
    internal int TargetsBefore(long endPs, Span<int> targets)
    {
        var found = 0;
        var head = Math.Min(count, targets.Length);
        for (var index = 0; index < head; index++)
        {
            if (keys[index].TimePs < endPs)
                targets[found++] = payloads[slots[index]].Target;
        }

        return found;
    }

    private int TakeSlot()
    {
        if (freeCount > 0)
            return freeSlots[--freeCount];
        if (slotCount == limit)
            throw new InvalidOperationException($"more than {limit} events are pending");
        if (slotCount == payloads.Length)
            Array.Resize(ref payloads, slotCount * 2);
        return slotCount++;
    }

    private void SiftUp(int index, Key key, int slot)
    {
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (!key.IsBefore(keys[parent]))
                break;
            keys[index] = keys[parent];
            slots[index] = slots[parent];
            index = parent;
        }

        keys[index] = key;
        slots[index] = slot;
    }

    private void SiftDown(Key key, int slot)
    {
        var index = 0;
        while (true)
        {
            var child = (index << 2) + 1;
            if (child >= count)
                break;
            var last = Math.Min(child + 4, count);
            var least = child;
            for (var other = child + 1; other < last; other++)
            {
                if (keys[other].IsBefore(keys[least]))
                    least = other;
            }

            if (!keys[least].IsBefore(key))
                break;
            keys[index] = keys[least];
            slots[index] = slots[least];
            index = least;
        }

        keys[index] = key;
        slots[index] = slot;
    }

    private readonly struct Key(long timePs, ulong order)
    {
        public readonly long TimePs = timePs;
        private readonly ulong order = order;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBefore(in Key other) =>
            TimePs < other.TimePs || (TimePs == other.TimePs && order < other.order);
    }
}
