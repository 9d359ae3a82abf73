namespace Disguise.Hardware.Nic.Queues;

/// <summary>
/// The NIC's buffer of frames on their way to the wire. A queue that finds no room waits; those
/// that wait are served in the order in which they came, a frame at a time, so that functions take
/// turns.
/// </summary>
internal sealed class TransmitBuffer(int capacityBytes)
{
    private readonly Queue<(long FinishPs, int Bytes)> departures = new();
    private readonly Queue<Waiter> waiters = new();
    private int usedBytes;
    private int promisedBytes;
    private long promisedAtPs = -1;

    /// <summary>Bytes that are taken.</summary>
    public int UsedBytes => usedBytes;

    /// <summary>Queues that wait.</summary>
    public int WaiterCount => waiters.Count;

    /// <summary>When the next bytes become free by themselves, if any do.</summary>
    public bool TryNextDeparture(out long atPs)
    {
        var found = departures.TryPeek(out var first);
        atPs = first.FinishPs;
        return found;
    }

    /// <summary>Whether the first that waits would find room now.</summary>
    public bool HasRoomForFirst(long nowPs)
    {
        Retire(nowPs);
        return waiters.TryPeek(out var first) && usedBytes + first.Bytes <= capacityBytes;
    }

    /// <summary>Takes room for a frame; whoever was promised room comes first.</summary>
    public bool TryTake(long nowPs, int bytes, bool wasPromised)
    {
        Retire(nowPs);
        if (wasPromised && promisedAtPs == nowPs)
            promisedBytes = Math.Max(0, promisedBytes - bytes);
        else if (waiters.Count > 0)
            return false;
        var othersBytes = promisedAtPs == nowPs ? promisedBytes : 0;
        if (usedBytes + othersBytes + bytes > capacityBytes)
            return false;
        usedBytes += bytes;
        return true;
    }

    /// <summary>Puts a queue behind those that wait.</summary>
    public void Wait(in Waiter waiter) => waiters.Enqueue(waiter);

    /// <summary>Promises room, within this instant, to the next that waits and fits.</summary>
    public bool TryPromise(long nowPs, out Waiter waiter)
    {
        Retire(nowPs);
        if (promisedAtPs != nowPs)
        {
            promisedAtPs = nowPs;
            promisedBytes = 0;
        }

        if (!waiters.TryPeek(out waiter)
            || usedBytes + promisedBytes + waiter.Bytes > capacityBytes)
        {
            return false;
        }

        waiters.Dequeue();
        promisedBytes += waiter.Bytes;
        return true;
    }

    /// <summary>Room that will be free when the frame has left.</summary>
    public void FreeAt(long finishPs, int bytes) => departures.Enqueue((finishPs, bytes));

    /// <summary>Room that is free at once: the frame did not go to the wire.</summary>
    public void Free(int bytes) => usedBytes -= bytes;

    private void Retire(long nowPs)
    {
        while (departures.TryPeek(out var first) && first.FinishPs <= nowPs)
        {
            usedBytes -= first.Bytes;
            departures.Dequeue();
        }
    }

    /// <summary>A queue that waits for room for its next frame.</summary>
    internal readonly record struct Waiter(int Function, int Generation, int Queue, int Bytes);
}
