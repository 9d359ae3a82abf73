using Disguise.Actors.Time;

namespace Disguise.Actors.Islands;

/// <summary>
/// The islands of one worker by the time of their earliest event (an indexed binary heap), and
/// the earliest time at which any of them could make something arrive elsewhere. An island
/// without an event in a window is not touched.
/// </summary>
internal sealed class IslandQueue
{
    private readonly Island[] islands;
    private readonly Heap next;
    private readonly Heap? promise;
    private readonly long commonLookaheadPs;

    public IslandQueue(Island[] islands)
    {
        this.islands = islands;
        next = new Heap(islands.Length);
        commonLookaheadPs = islands.Length == 0 ? Picoseconds.Never : islands[0].LookaheadPs;
        for (var index = 0; index < islands.Length; index++)
        {
            islands[index].QueueIndex = index;
            if (islands[index].LookaheadPs != commonLookaheadPs)
                promise ??= new Heap(islands.Length);
        }
    }

    /// <summary>Time of the earliest event of all.</summary>
    public long NextTimePs => next.LeastKey;

    /// <summary>Before this time nothing that these islands send can arrive.</summary>
    public long PromisePs => promise is null
        ? Sum(next.LeastKey, commonLookaheadPs)
        : promise.LeastKey;

    public void Refresh()
    {
        for (var index = 0; index < islands.Length; index++)
            Update(index, islands[index].NextTimePs);
    }

    public void Lower(Island island, long timePs)
    {
        if (timePs < next.KeyOf(island.QueueIndex))
            Update(island.QueueIndex, timePs);
    }

    public void RunUntil(long endPs)
    {
        while (next.LeastKey < endPs)
        {
            var index = next.LeastIndex;
            var island = islands[index];
            island.Enter();
            island.RunUntil(endPs);
            Update(index, island.NextTimePs);
        }
    }

    private static long Sum(long timePs, long lookaheadPs) =>
        timePs >= Picoseconds.Never - lookaheadPs ? Picoseconds.Never : timePs + lookaheadPs;

    private void Update(int index, long timePs)
    {
        next.Set(index, timePs);
        promise?.Set(index, Sum(timePs, islands[index].LookaheadPs));
    }

    private sealed class Heap
    {
        private readonly long[] keys;
        private readonly int[] heap;
        private readonly int[] places;

        public Heap(int count)
        {
            keys = new long[count];
            heap = new int[count];
            places = new int[count];
            for (var index = 0; index < count; index++)
            {
                keys[index] = Picoseconds.Never;
                heap[index] = index;
                places[index] = index;
            }
        }

        public long LeastKey => heap.Length == 0 ? Picoseconds.Never : keys[heap[0]];

        public int LeastIndex => heap[0];

        public long KeyOf(int index) => keys[index];

        public void Set(int index, long key)
        {
            var old = keys[index];
            keys[index] = key;
            if (key < old)
                Rise(places[index], index);
            else if (key > old)
                Sink(places[index], index);
        }

        private void Rise(int place, int index)
        {
            while (place > 0)
            {
                var parent = (place - 1) >> 1;
                if (keys[heap[parent]] <= keys[index])
                    break;
                Put(place, heap[parent]);
                place = parent;
            }

            Put(place, index);
        }

        private void Sink(int place, int index)
        {
            while (true)
            {
                var child = (place << 1) + 1;
                if (child >= heap.Length)
                    break;
                if (child + 1 < heap.Length && keys[heap[child + 1]] < keys[heap[child]])
                    child++;
                if (keys[heap[child]] >= keys[index])
                    break;
                Put(place, heap[child]);
                place = child;
            }

            Put(place, index);
        }

        private void Put(int place, int index)
        {
            heap[place] = index;
            places[index] = place;
        }
    }
}
