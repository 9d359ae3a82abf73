using System.Globalization;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;

namespace Disguise.Kernels.Profiles;

/// <summary>
/// How a code base cuts processor time where it is allocated by slices. Aegis has slices of one
/// clock tick of 15.625 ms (Engler, Kaashoek and O'Toole, SOSP 1995, section 5.1); Xok counts
/// ticks of 10 ms and gives eight a round (Xok, sys/xok/scheduler.h and sys/kern/sched.c).
/// </summary>
/// <param name="TickPs">Time between two ticks of the clock.</param>
/// <param name="TicksPerSlice">Ticks that a slice gets in each round.</param>
/// <param name="MaximumTicks">Ticks that it can have saved up, those of this round included.
/// </param>
/// <param name="ExcessTicks">Ticks beyond the ends of its slices that a program may owe.</param>
public sealed record TimeSlices(
    long TickPs, int TicksPerSlice, int MaximumTicks, int ExcessTicks)
{
    private const string Tick = "slice-tick";
    private const string Ticks = "slice-ticks";
    private const string Most = "slice-ticks-saved";
    private const string Excess = "slice-ticks-excess";

    /// <summary>Xok's: 128 quanta a core, and an end of 330 ticks for who does not end (MAX_QX).
    /// </summary>
    public static TimeSlices Xok { get; } = new(
        10 * Picoseconds.PerMillisecond, TicksPerSlice: 8, MaximumTicks: 15, ExcessTicks: 330);

    /// <summary>The headers of a profile that say it: all of them, or none.</summary>
    internal static string[] Headers => [Tick, Ticks, Most, Excess];

    /// <summary>The same cut into slices of another length.</summary>
    public TimeSlices Lasting(long slicePs) =>
        this with { TickPs = Math.Max(1, slicePs / TicksPerSlice) };

    /// <summary>What a file says; null where it says nothing.</summary>
    internal static TimeSlices? Read(CostFile costs, string file)
    {
        if (Headers.All(header => costs.Header(header).Text is null))
            return null;
        var ticks = CountOf(costs, file, Ticks, 1);
        return new TimeSlices(
            TickOf(costs, file), ticks, CountOf(costs, file, Most, ticks),
            CountOf(costs, file, Excess, 0));
    }

    private static long TickOf(CostFile costs, string file)
    {
        var (words, line) = WordsOf(costs, file, Tick);
        return words is [var value, "us"] && IsNumber(value, out var us) && us > 0
            ? us * Picoseconds.PerMicrosecond
            : throw new CostFileException(file, line, $"{Tick} is a number of us, above 0");
    }

    private static int CountOf(CostFile costs, string file, string header, int least)
    {
        var (words, line) = WordsOf(costs, file, header);
        return words is [var value] && IsNumber(value, out var count) && count >= least ? count
            : throw new CostFileException(file, line, $"{header} is a number from {least}");
    }

    /// <summary>What stands before the source, without «assumed».</summary>
    private static (string[] Words, int Line) WordsOf(CostFile costs, string file, string header)
    {
        var (text, line) = costs.Header(header);
        if (text is null)
            throw new CostFileException(file, line, $"the file does not say its {header}");
        var parts = text.Split('#', 2);
        if (parts.Length < 2 || parts[1].Trim().Length == 0)
            throw new CostFileException(file, line, $"{header} has no source");
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (words is [.., "assumed"] ? words[..^1] : words, line);
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
