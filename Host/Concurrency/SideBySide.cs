using Disguise.Host.Commands;

namespace Disguise.Host.Concurrency;

/// <summary>
/// Runs that belong together, in their order or several at a time; what each gives does not depend
/// on that.
/// </summary>
internal sealed class SideBySide<TRun>(string what, Terminal terminal, bool quiet)
{
    /// <summary>How many at a time; with one, each shows its own progress.</summary>
    public int AtATime { get; init; } = 1;

    /// <summary>
    /// Makes runs 0 to <paramref name="count"/> - 1 and gives them in that order; those after an
    /// incomplete one or an interruption may be missing.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="run">Makes one; is told whether it is alone on the terminal.</param>
    /// <param name="isComplete">Whether one ran to its end.</param>
    public IReadOnlyList<TRun> Run(
        int count, Func<int, bool, TRun> run, Func<TRun, bool> isComplete)
    {
        if (AtATime == 1 || count == 1)
            return OneByOne(count, run, isComplete);
        var done = new TRun?[count];
        var isDone = new bool[count];
        var next = 0;
        var progress = new RunsProgress(what, terminal, quiet);
        new WorkerPool(AtATime, terminal.Interrupted).Run(
            () => next < count ? new Piece(next++) : null,
            piece => run(piece.Number, false),
            (piece, made) => (done[piece.Number], isDone[piece.Number]) = (made, true),
            () => progress.Tick(isDone.Count(one => one), count));
        progress.Clear();
        return [.. done.Where((_, index) => isDone[index])!];
    }

    private static List<TRun> OneByOne(
        int count, Func<int, bool, TRun> run, Func<TRun, bool> isComplete)
    {
        var runs = new List<TRun>();
        while (runs.Count < count && (runs.Count == 0 || isComplete(runs[^1])))
            runs.Add(run(runs.Count, true));
        return runs;
    }

    private sealed record Piece(int Number);
}
