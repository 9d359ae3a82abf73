using System.Diagnostics;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Commands;

namespace Disguise.Host.Running;

/// <summary>
/// One line of progress on standard error for whatever lasts longer than two seconds: virtual
/// time, wall time, events a second, time left. Redrawn in place on a terminal, else a line every
/// ten seconds. Also where an interruption ends the run.
/// </summary>
public sealed class ProgressLine : IProgressObserver
{
    private static readonly TimeSpan DefaultSilence = TimeSpan.FromSeconds(2);

    private readonly string what;
    private readonly Emulation emulation;
    private readonly Terminal terminal;
    private readonly bool quiet;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly TimeSpan period;
    private readonly bool redraws;
    private TimeSpan next;
    private bool drawn;

    /// <summary>
    /// Watches a run until a virtual time; says nothing for the first two seconds of wall time, or
    /// for as long as <paramref name="silence"/> says.
    /// </summary>
    public ProgressLine(
        string what, Emulation emulation, long untilPs, Terminal terminal, bool quiet,
        TimeSpan? silence = null)
    {
        next = silence ?? DefaultSilence;
        this.what = what;
        this.emulation = emulation;
        UntilPs = untilPs;
        this.terminal = terminal;
        this.quiet = quiet;
        redraws = !Console.IsErrorRedirected;
        period = redraws ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(10);
    }

    /// <summary>The virtual time at which the run will be done.</summary>
    public long UntilPs { get; set; }

    /// <inheritdoc/>
    public int WindowsBetweenCalls => 64;

    /// <inheritdoc/>
    public bool Reached(long nowPs)
    {
        if (terminal.Interrupted.IsCancellationRequested)
            return false;
        if (!quiet && watch.Elapsed >= next)
        {
            next = watch.Elapsed + period;
            Draw(nowPs);
        }

        return true;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (drawn && redraws)
            terminal.Error.Write("\r\u001b[K");
        drawn = false;
    }

    private void Draw(long nowPs)
    {
        var seconds = watch.Elapsed.TotalSeconds;
        var share = UntilPs == 0 ? 1 : (double)nowPs / UntilPs;
        var left = share > 0 ? seconds * (1 - share) / share : 0;
        var rate = emulation.EventCount / seconds / 1e6;
        var line = $"{what}: {Picoseconds.Format(nowPs)} of {Picoseconds.Format(UntilPs)}, "
            + $"{seconds:0} s, {rate:0.0} M events/s, {left:0} s left";
        if (redraws)
            terminal.Error.Write($"\r{line}\u001b[K");
        else
            terminal.Error.WriteLine(line);
        drawn = true;
    }
}
