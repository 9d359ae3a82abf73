using System.Diagnostics;
using Disguise.Host.Commands;

namespace Disguise.Host.Validation;

/// <summary>
/// How many runs are made, on standard error, for whatever lasts longer than two seconds: redrawn
/// in place on a terminal, else a line every ten seconds. Called from several threads.
/// </summary>
internal sealed class SuiteProgress(string what, int total, Terminal terminal, bool quiet)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly Lock one = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool redraws = !Console.IsErrorRedirected;
    private TimeSpan due = Silence;
    private int made;
    private bool drawn;

    /// <summary>A run is made.</summary>
    public void OneMore(string name)
    {
        lock (one)
        {
            made++;
            if (quiet || watch.Elapsed < due)
                return;
            due = watch.Elapsed + (redraws ? TimeSpan.Zero : TimeSpan.FromSeconds(10));
            var line = $"{what}: {made} of {total} runs, {watch.Elapsed.TotalSeconds:0} s ({name})";
            if (redraws)
                terminal.Error.Write($"\r{line}\u001b[K");
            else
                terminal.Error.WriteLine(line);
            drawn = true;
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        lock (one)
        {
            if (drawn && redraws)
                terminal.Error.Write("\r\u001b[K");
            drawn = false;
        }
    }
}
