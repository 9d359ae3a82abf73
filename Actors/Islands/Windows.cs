using System.Runtime.ExceptionServices;
using Disguise.Actors.Crossings;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Islands;

/// <summary>
/// Runs islands window by window. A window starts at the earliest event of all and ends before
/// anything sent within it can arrive. One barrier a window: islands run, tell how far they are,
/// meet, take the batches that they were sent, and run on.
/// </summary>
internal sealed class Windows : IDisposable
{
    private const int WorkerStackBytes = 16 << 20;

    private readonly EmulationOptions options;
    private readonly Island[] islands;
    private readonly Worker[] workers;
    private readonly RunHash hash;
    private readonly UInt128[] digests;
    private readonly SpinBarrier barrier;
    private readonly Thread[] threads;
    private readonly SemaphoreSlim started;
    private long boundaryPs;
    private long recordCount;
    private long untilPs;
    private int parity;
    private bool stopping;
    private bool disposed;
    private IProgressObserver? observer;

    public Windows(
        EmulationOptions options, Island[] islands, long[] weights, InputPort[] inputs,
        RunHash hash)
    {
        this.options = options;
        this.islands = islands;
        this.hash = hash;
        digests = new UInt128[islands.Length];
        boundaryPs = options.HashIntervalPs;
        var count = Math.Min(options.Threads, Math.Max(1, islands.Length));
        barrier = new SpinBarrier(count);
        started = new SemaphoreSlim(0);
        workers = Placement.Place(islands, weights, count, options.ShuffleSeed);
        foreach (var input in inputs)
            input.Place();
        threads = new Thread[count - 1];
        for (var index = 1; index < count; index++)
        {
            var worker = workers[index];
#pragma warning disable RS0030 // The workers run islands; no island starts a thread.
            threads[index - 1] = new Thread(() => Serve(worker), WorkerStackBytes)
            {
                IsBackground = true,
                Name = $"worker {index}",
            };
#pragma warning restore RS0030
            threads[index - 1].Start();
        }
    }

    public long NowPs { get; private set; }

    public long Count { get; private set; }

    /// <summary>Events that each worker delivered.</summary>
    public long[] EventCounts => [.. workers.Select(worker => worker.EventCount)];

    public void Run(long until, IProgressObserver? progress)
    {
        ThrowIfFailed();
        untilPs = until;
        observer = progress;
        stopping = false;
        if (threads.Length > 0)
            started.Release(threads.Length);
        Work(workers[0]);
        foreach (var island in islands)
            island.Enter();
        ThrowIfFailed();
        if (!stopping)
            NowPs = until;
    }

    public void CloseInterval()
    {
        var count = 0L;
        foreach (var island in islands)
            count += island.Digest.Count;
        if (count == recordCount)
        {
            hash.CloseQuiet();
            return;
        }

        recordCount = count;
        for (var index = 0; index < islands.Length; index++)
            digests[index] = islands[index].Digest.Current();
        hash.Close(digests);
    }

    public void Dispose()
    {
        disposed = true;
        if (threads.Length > 0)
            started.Release(threads.Length);
        foreach (var thread in threads)
            thread.Join();
        started.Dispose();
    }

    private void Serve(Worker worker)
    {
        while (true)
        {
            started.Wait();
            if (disposed)
                return;
            Work(worker);
        }
    }

    private void Work(Worker worker)
    {
        // All workers walk through the same turns, so each knows whose turn's notes to read.
        var turn = parity;
        var boundary = boundaryPs;
        var period = observer?.WindowsBetweenCalls ?? 1;
        var windows = 0L;
        worker.Refresh();
        while (true)
        {
            worker.Publish(turn);
            barrier.Wait();
            var (nextPs, promisePs, stop) = Read(turn);
            worker.TakeBatches(workers, turn);
            turn ^= 1;
            var reachedPs = Math.Min(nextPs, untilPs);
            if (!stop && reachedPs >= boundary && reachedPs != Picoseconds.Never)
            {
                var closed = ((reachedPs - boundary) / options.HashIntervalPs) + 1;
                for (var interval = 0L; worker.Index == 0 && interval < closed; interval++)
                    CloseInterval();
                boundary = Advance(boundary, closed);
                barrier.Wait();
            }

            if (stop || stopping || nextPs >= untilPs)
            {
                barrier.Wait();
                if (worker.Index == 0)
                    (parity, boundaryPs) = (turn, boundary);
                return;
            }

            var endPs = Math.Min(Math.Min(promisePs, boundary), untilPs);
            if (options.WindowDivisor > 1)
                endPs = nextPs + Math.Max(1, (endPs - nextPs) / options.WindowDivisor);
            worker.RunUntil(endPs);
            EndWindow(worker, endPs, ++windows % period == 0);
        }
    }

    private (long NextPs, long PromisePs, bool Stop) Read(int turn)
    {
        var nextPs = Picoseconds.Never;
        var promisePs = Picoseconds.Never;
        var stop = false;
        foreach (var other in workers)
        {
            ref readonly var notice = ref other.NoticeOf(turn);
            nextPs = Math.Min(nextPs, notice.NextTimePs);
            promisePs = Math.Min(promisePs, notice.PromisePs);
            stop |= notice.Stop;
        }

        return (nextPs, promisePs, stop);
    }

    private void EndWindow(Worker worker, long endPs, bool isCall)
    {
        if (worker.Index == 0)
        {
            Count++;
            NowPs = endPs;
        }

        if (observer is null || !isCall)
            return;
        // Who watches may look at every island: all others wait meanwhile.
        barrier.Wait();
        if (worker.Index == 0)
            stopping = !observer.Reached(endPs);
        barrier.Wait();
    }

    private long Advance(long boundary, long intervals) =>
        (long)UInt128.Min(
            Picoseconds.Never,
            (UInt128)(ulong)boundary
                + ((UInt128)(ulong)intervals * (ulong)options.HashIntervalPs));

    private void ThrowIfFailed()
    {
        foreach (var worker in workers)
        {
            if (worker.Failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
        }
    }
}
