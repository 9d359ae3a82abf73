using System.Diagnostics;
using System.Globalization;
using Disguise.Host.Commands;

namespace Disguise.Host.Concurrency;

/// <summary>
/// One line of progress on standard error for many runs: silent for two seconds, then redrawn in
/// place on a terminal, else a line every ten seconds.
/// </summary>
internal sealed class RunsProgress
{
    private static readonly TimeSpan DefaultSilence = TimeSpan.FromSeconds(2);

    private readonly string what;
    private readonly Terminal terminal;
    private readonly bool quiet;
    private readonly bool redraws = !Console.IsErrorRedirected;
    private readonly TimeSpan period;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly int before;
    private TimeSpan next;
    private bool drawn;

    /// <summary>Progress of runs, some of which were done before.</summary>
    public RunsProgress(
        string what, Terminal terminal, bool quiet, int before = 0, TimeSpan? silence = null)
    {
        this.what = what;
        this.terminal = terminal;
        this.quiet = quiet;
        this.before = before;
        next = silence ?? DefaultSilence;
        period = redraws ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(10);
    }

    /// <summary>So many runs are done of at most so many.</summary>
    public void Tick(int done, int most)
    {
        if (quiet || watch.Elapsed < next)
            return;
        next = watch.Elapsed + period;
        var seconds = watch.Elapsed.TotalSeconds;
        var left = done > before ? seconds * (most - done) / (done - before) : (double?)null;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {done} of at most {most} runs, {seconds:0} s")
            + (left is { } rest
                ? string.Create(CultureInfo.InvariantCulture, $", at most {rest:0} s left") : "");
        if (redraws)
            terminal.Error.Write($"\r{line}\u001b[K");
        else
            terminal.Error.WriteLine(line);
        drawn = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (drawn && redraws)
            terminal.Error.Write("\r\u001b[K");
        drawn = false;
    }
}
