using Disguise.Actors.Crossings;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;

namespace Disguise.Actors.Islands;

/// <summary>
/// Runs islands window by window. A window starts at the earliest event of all and ends before
/// anything sent within it can arrive. Two barriers a window: islands run; batches are taken.
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
    private readonly DeterministicRandom? shuffle;
    private long boundaryPs;
    private long untilPs;
    private bool stopping;
    private bool disposed;
    private IProgressObserver? observer;

    public Windows(EmulationOptions options, Island[] islands, long[] weights, RunHash hash)
    {
        this.options = options;
        this.islands = islands;
        this.hash = hash;
        digests = new UInt128[islands.Length];
        boundaryPs = options.HashIntervalPs;
        var count = Math.Min(options.Threads, Math.Max(1, islands.Length));
        barrier = new SpinBarrier(count);
        started = new SemaphoreSlim(0);
        if (options.ShuffleSeed is { } seed)
            shuffle = new DeterministicRandom(seed);
        workers = Placement.Place(islands, weights, count);
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

    public void Run(long until, IProgressObserver? progress)
    {
        untilPs = until;
        observer = progress;
        stopping = false;
        foreach (var worker in workers)
            worker.Stop = false;
        if (threads.Length > 0)
            started.Release(threads.Length);
        Work(workers[0]);
        foreach (var worker in workers)
        {
            if (worker.Failure is { } failure)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
        }

        if (!stopping)
            NowPs = until;
        foreach (var island in islands)
            island.Enter();
    }

    public void CloseInterval()
    {
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
        worker.Queue.Refresh();
        while (true)
        {
            worker.Publish();
            barrier.Wait();
            var nextPs = Picoseconds.Never;
            var promisePs = Picoseconds.Never;
            var stop = false;
            foreach (var other in workers)
            {
                nextPs = Math.Min(nextPs, other.NextTimePs);
                promisePs = Math.Min(promisePs, other.PromisePs);
                stop |= other.Stop;
            }

            if (Math.Min(nextPs, untilPs) >= boundaryPs && !stop)
            {
                // Nobody publishes anew before the second barrier, so all take this branch.
                barrier.Wait();
                if (worker.Index == 0)
                    CloseIntervals(Math.Min(nextPs, untilPs));
                barrier.Wait();
            }

            if (stop || nextPs >= untilPs)
            {
                barrier.Wait();
                return;
            }

            var endPs = Math.Min(Math.Min(promisePs, boundaryPs), untilPs);
            if (options.WindowDivisor > 1)
                endPs = nextPs + Math.Max(1, (endPs - nextPs) / options.WindowDivisor);
            worker.RunUntil(endPs);
            barrier.Wait();
            if (worker.Index == 0)
                EndWindow(worker, endPs);
            worker.TakeBatches(workers, worker.Index == 0 ? shuffle : null);
        }
    }

    private void EndWindow(Worker worker, long endPs)
    {
        Count++;
        NowPs = endPs;
        if (observer is not null && !observer.Reached(endPs))
        {
            stopping = true;
            worker.Stop = true;
        }
    }

    private void CloseIntervals(long reachedPs)
    {
        while (boundaryPs <= reachedPs)
        {
            CloseInterval();
            if (boundaryPs > Picoseconds.Never - options.HashIntervalPs)
                return;
            boundaryPs += options.HashIntervalPs;
        }
    }
}
