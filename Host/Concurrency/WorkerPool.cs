using System.Runtime.ExceptionServices;

namespace Disguise.Host.Concurrency;

/// <summary>
/// Does work on several threads of this process. Each emulation on one of them is an actor system
/// of its own with its own clock, so that they share nothing but tables that nobody writes; what
/// each gives does not depend on what runs beside it.
/// </summary>
internal sealed class WorkerPool
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly int threads;
    private readonly CancellationToken interrupted;
    private readonly SemaphoreSlim changed = new(0);
    private ExceptionDispatchInfo? failure;
    private int underWay;
    private int running;

    /// <summary>A pool that takes no new work after an interruption.</summary>
    public WorkerPool(int threads, CancellationToken interrupted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.threads = threads;
        this.interrupted = interrupted;
    }

    /// <summary>
    /// Takes work until there is none and none is under way. Taking and handing in happen one
    /// after the other, the work itself at the same time. What the work throws ends all and is
    /// thrown here.
    /// </summary>
    /// <param name="take">The next piece; null where there is none before others are done.</param>
    /// <param name="work">Does a piece.</param>
    /// <param name="handIn">Takes what a piece gave.</param>
    /// <param name="tick">
    /// Called on this thread four times a second, after changes, and last of all.
    /// </param>
    public void Run<TPiece, TResult>(
        Func<TPiece?> take, Func<TPiece, TResult> work, Action<TPiece, TResult> handIn,
        Action tick)
        where TPiece : class
    {
        running = threads;
        var workers = new Thread[threads];
        for (var index = 0; index < threads; index++)
        {
            workers[index] = new Thread(() => Serve(take, work, handIn))
            {
                IsBackground = true,
                Name = $"worker {index}",
            };
            workers[index].Start();
        }

        while (Volatile.Read(ref running) > 0)
        {
            changed.Wait(TickPeriod);
            lock (gate)
                tick();
        }

        foreach (var worker in workers)
            worker.Join();
        failure?.Throw();
        tick();
    }

    /// <summary>
    /// Runs independent pieces; the results are in the order of the pieces. After an interruption
    /// those are null that were not begun, or gave null.
    /// </summary>
    public IReadOnlyList<TResult?> RunAll<TResult>(
        IReadOnlyList<Func<TResult?>> pieces, Action<int> tick)
        where TResult : class
    {
        var results = new TResult?[pieces.Count];
        var next = 0;
        var done = 0;
        Run(
            () => next < pieces.Count ? Tuple.Create(next++) : null,
            piece => pieces[piece.Item1](),
            (piece, result) =>
            {
                results[piece.Item1] = result;
                done++;
            },
            () => tick(done));
        return results;
    }

    private void Serve<TPiece, TResult>(
        Func<TPiece?> take, Func<TPiece, TResult> work, Action<TPiece, TResult> handIn)
        where TPiece : class
    {
        try
        {
            while (Take(take) is { } piece)
            {
                var result = work(piece);
                lock (gate)
                {
                    handIn(piece, result);
                    underWay--;
                }

                changed.Release();
            }
        }
        catch (Exception cause)
        {
            lock (gate)
            {
                failure ??= ExceptionDispatchInfo.Capture(cause);
                underWay--;
            }
        }
        finally
        {
            Interlocked.Decrement(ref running);
            changed.Release();
        }
    }

    /// <summary>The next piece; null when there will be none.</summary>
    private TPiece? Take<TPiece>(Func<TPiece?> take)
        where TPiece : class
    {
        while (true)
        {
            lock (gate)
            {
                if (failure is not null || interrupted.IsCancellationRequested)
                    return null;
                if (take() is { } piece)
                {
                    underWay++;
                    return piece;
                }

                if (underWay == 0)
                    return null;
            }

            // Another thread's result may bring more; runs last milliseconds at least.
            Thread.Sleep(1);
        }
    }
}
