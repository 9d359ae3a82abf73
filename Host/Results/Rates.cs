using Disguise.Actors.Time;

namespace Disguise.Host.Results;

/// <summary>Quotients that are null where there is nothing to divide by.</summary>
public static class Rates
{
    /// <summary>A count a second of virtual time; null for an empty stretch.</summary>
    public static double? PerSecond(long count, long durationPs) =>
        durationPs <= 0 ? null : count * (double)Picoseconds.PerSecond / durationPs;

    /// <summary>A quotient; null when the divisor is 0 or either is not measured.</summary>
    public static double? Of(double? dividend, double? divisor) =>
        dividend is null || divisor is null or 0 ? null : dividend / divisor;

    /// <summary>Picoseconds as microseconds.</summary>
    public static double ToMicroseconds(long timePs) =>
        timePs / (double)Picoseconds.PerMicrosecond;

    /// <summary>Picoseconds as seconds.</summary>
    public static double ToSeconds(long timePs) => timePs / (double)Picoseconds.PerSecond;
}
