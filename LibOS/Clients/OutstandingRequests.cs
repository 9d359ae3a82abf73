namespace Disguise.LibOS.Clients;

/// <summary>
/// A client's requests that wait for a reply: found by number or by target, and the oldest first.
/// Bounded; small while few are under way.
/// </summary>
public sealed class OutstandingRequests
{
    private const int None = -1;

    private readonly int limit;
    private Slot[] slots;
    private int oldest = None;
    private int newest = None;

    /// <summary>Room for a number of requests at first, and at most.</summary>
    public OutstandingRequests(int capacity, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, capacity);
        this.limit = limit;
        slots = new Slot[capacity];
        Array.Fill(slots, Slot.Free);
    }

    /// <summary>Requests that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Places there are now; request n has place n modulo this.</summary>
    public int Capacity => slots.Length;

    /// <summary>
    /// Makes sure that there is a place for a number; gives the older request that has to leave
    /// it, if the limit is reached.
    /// </summary>
    public bool TryMakeRoom(long number, out long leaving)
    {
        while (IsTaken(number) && slots.Length < limit)
            Grow();
        leaving = slots[PlaceOf(number)].Number;
        return !IsTaken(number);
    }

    /// <summary>Adds a request as the newest. Its place must be free.</summary>
    public void Add(long number, long duePs, int target)
    {
        var place = PlaceOf(number);
        ref var slot = ref slots[place];
        if (slot.Number >= 0)
            throw new InvalidOperationException($"request {number} has no place");
        slot = new Slot(number, duePs, target, newest, None);
        if (newest == None)
            oldest = place;
        else
            slots[newest].Next = place;
        newest = place;
        Count++;
    }

    /// <summary>The oldest request and when it was due; false when there is none.</summary>
    public bool TryPeekOldest(out long number, out long duePs)
    {
        number = oldest == None ? -1 : slots[oldest].Number;
        duePs = oldest == None ? 0 : slots[oldest].DuePs;
        return oldest != None;
    }

    /// <summary>The oldest request to a target; -1 when there is none.</summary>
    public long OldestTo(int target)
    {
        for (var place = oldest; place != None; place = slots[place].Next)
        {
            if (slots[place].Target == target)
                return slots[place].Number;
        }

        return -1;
    }

    /// <summary>Whether a request waits, and where it went.</summary>
    public bool TryFind(long number, out int target)
    {
        ref readonly var slot = ref slots[PlaceOf(number)];
        target = slot.Target;
        return number >= 0 && slot.Number == number;
    }

    /// <summary>Takes a request out and gives when it was due.</summary>
    public long Remove(long number)
    {
        var slot = slots[PlaceOf(number)];
        if (slot.Number != number)
            throw new InvalidOperationException($"request {number} does not wait");
        if (slot.Previous == None)
            oldest = slot.Next;
        else
            slots[slot.Previous].Next = slot.Next;
        if (slot.Next == None)
            newest = slot.Previous;
        else
            slots[slot.Next].Previous = slot.Previous;
        slots[PlaceOf(number)] = Slot.Free;
        Count--;
        return slot.DuePs;
    }

    private int PlaceOf(long number) => (int)((ulong)number % (ulong)slots.Length);

    private bool IsTaken(long number) => slots[PlaceOf(number)].Number >= 0;

    // Two numbers with different places have different places among twice as many.
    private void Grow()
    {
        var old = slots;
        var at = oldest;
        slots = new Slot[Math.Min(limit, old.Length * 2)];
        Array.Fill(slots, Slot.Free);
        (oldest, newest, Count) = (None, None, 0);
        while (at != None)
        {
            Add(old[at].Number, old[at].DuePs, old[at].Target);
            at = old[at].Next;
        }
    }

    private struct Slot(long number, long duePs, int target, int previous, int next)
    {
        public long Number = number;
        public long DuePs = duePs;
        public int Target = target;
        public int Previous = previous;
        public int Next = next;

        public static Slot Free => new(-1, 0, -1, None, None);
    }
}
