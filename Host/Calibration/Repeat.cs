using System.Diagnostics;

namespace Disguise.Host.Calibration;

/// <summary>Repeats a timing and keeps what is least disturbed.</summary>
internal static class Repeat
{
    /// <summary>
    /// The least of repeated timings, for loops of one thread: whatever disturbs them makes them
    /// longer. Nanoseconds of one turn.
    /// </summary>
    public static double Least(Effort effort, Action<int> loop)
    {
        loop(effort.Calls);
        var least = double.MaxValue;
        for (var repetition = 0; repetition < effort.Repetitions; repetition++)
        {
            var start = Stopwatch.GetTimestamp();
            loop(effort.Calls);
            least = Math.Min(least, Nanoseconds(start) / effort.Calls);
        }

        return least;
    }

    /// <summary>
    /// The median of repeated timings, for what several threads do: what is usual, not what was
    /// lucky. Nanoseconds of one turn.
    /// </summary>
    public static double Median(int repetitions, int turns, Action<int> loop)
    {
        loop(turns);
        var times = new double[repetitions];
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            var start = Stopwatch.GetTimestamp();
            loop(turns);
            times[repetition] = Nanoseconds(start) / turns;
        }

        return Median(times);
    }

    /// <summary>The middle of some numbers, the lower one of two.</summary>
    public static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        return numbers[(numbers.Length - 1) / 2];
    }

    private static double Nanoseconds(long start) =>
        (Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency);
}
