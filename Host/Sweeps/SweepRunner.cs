using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Concurrency;
using Disguise.Host.Experiments;
using Disguise.Host.Running;

namespace Disguise.Host.Sweeps;

/// <summary>Runs the cells of a plan, several at a time, each run on one thread.</summary>
internal sealed class SweepRunner(SweepPlan plan, SweepJournal journal, Terminal terminal)
{
    /// <summary>
    /// Runs what the journal does not hold yet, until every cell is settled or an interruption.
    /// False when interrupted.
    /// </summary>
    public bool Run(int threads, bool quiet)
    {
        TakeOver();
        var before = plan.Cells.Sum(cell => cell.Count);
        var progress = new RunsProgress("sweep", terminal, quiet, before);
        var pool = new WorkerPool(threads, terminal.Interrupted);
        pool.Run(
            NextPiece,
            Run,
            (piece, outcome) =>
            {
                if (!outcome.IsComplete)
                    return;
                var row = SweepRow.Of(
                    piece.Cell.Point.Number, piece.Repeat, plan.Seeds[piece.Repeat], outcome);
                journal.Append(row);
                piece.Cell.Add(row);
            },
            () => progress.Tick(plan.Cells.Sum(cell => cell.Count), MostRuns()));
        progress.Clear();
        return plan.Cells.All(cell => cell.IsSettled);
    }

    private void TakeOver()
    {
        foreach (var row in journal.Rows)
        {
            var cell = plan.Cells.FirstOrDefault(cell =>
                cell.Point.Number == row.Point && cell.Architecture == row.Architecture);
            if (cell is null || row.Repeat < 0 || row.Repeat >= plan.Seeds.Count
                || plan.Seeds[row.Repeat] != row.Seed
                || cell.Rows.Any(known => known.Repeat == row.Repeat))
            {
                throw new ExperimentError(
                    SweepJournal.FileName, $"has a row of no run of this sweep: {row.Point} "
                        + $"{row.Architecture} {row.Repeat}", "another --out");
            }

            cell.Add(row);
        }
    }

    private Piece? NextPiece()
    {
        foreach (var cell in plan.Cells)
        {
            if (cell.Ask() is { } repeat)
                return new Piece(cell, repeat);
        }

        return null;
    }

    private RunOutcome Run(Piece piece)
    {
        var experiment = plan.ExperimentOf(piece.Cell, piece.Repeat);
        return new ArchitectureRun(
            experiment, Architectures.Of(piece.Cell.Architecture), CostBook.Load(experiment),
            new RunSettings { Threads = 1, Quiet = true }, terminal).Run();
    }

    private int MostRuns() =>
        plan.Cells.Sum(cell => cell.IsSettled ? cell.Count : plan.Rule.Most);

    private sealed record Piece(SweepCell Cell, int Repeat);
}
