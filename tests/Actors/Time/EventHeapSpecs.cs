using CsCheck;
using Disguise.Actors.Time;

namespace Disguise.Actors.Tests.Time;

public class EventHeapSpecs
{
    // Few times and origins, so that equal times and equal origins happen all the time.
    private static readonly Gen<(bool IsPush, long TimePs, int Origin)> Steps = Gen.Select(
        Gen.Frequency((3, Gen.Const(true)), (2, Gen.Const(false))), Gen.Long[0, 20], Gen.Int[0, 3]);

    [Fact]
    public void Events_come_out_as_from_a_sorted_set() => Steps.List[0, 400].Sample(
        steps =>
        {
            var heap = new EventHeap();
            var sorted = new SortedSet<(long TimePs, ulong Order)>();
            var counter = 0UL;
            foreach (var (isPush, timePs, origin) in steps)
            {
                if (isPush)
                {
                    var order = EventHeap.Order(origin, counter++);
                    heap.Push(timePs, order, new EventPayload(Steps, (long)order, 0, 0));
                    sorted.Add((timePs, order));
                }
                else if (sorted.Count > 0)
                {
                    var least = sorted.Min;
                    sorted.Remove(least);
                    if (heap.Pop(out var payload) != least.TimePs
                        || payload.Word != (long)least.Order)
                    {
                        return false;
                    }
                }

                var nextPs = sorted.Count == 0 ? Picoseconds.Never : sorted.Min.TimePs;
                if (heap.Count != sorted.Count || heap.NextTimePs != nextPs)
                    return false;
            }

            return true;
        },
        iter: 2_000);

    [Fact]
    public void Order_sorts_by_origin_before_counter()
    {
        Assert.True(EventHeap.Order(1, ulong.MaxValue >> 24) < EventHeap.Order(2, 0));
        Assert.True(EventHeap.Order(2, 1) < EventHeap.Order(2, 2));
    }

    [Fact]
    public void A_full_heap_throws_and_takes_events_again_once_one_has_gone()
    {
        var heap = new EventHeap(2);
        heap.Push(1, 1, default);
        heap.Push(2, 2, default);
        Assert.Throws<InvalidOperationException>(() => heap.Push(3, 3, default));
        heap.Pop(out _);
        heap.Push(3, 3, default);
        Assert.Equal(2, heap.Count);
    }
}
