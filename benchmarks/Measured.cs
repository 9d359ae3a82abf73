using System.Diagnostics;
using Disguise.Actors.Islands;

namespace Disguise.Benchmarks;

/// <summary>Events of one measured run against the wall clock and the processors' time.</summary>
/// <param name="EventsPerSecond">Events a wall second.</param>
/// <param name="EventsPerProcessorSecond">
/// Events a second of processor time: what a busy machine takes away does not count, waiting at
/// barriers does.
/// </param>
internal readonly record struct Measured(double EventsPerSecond, double EventsPerProcessorSecond)
{
    /// <summary>Millions of events a wall second.</summary>
    public double Millions => EventsPerSecond / 1e6;

    /// <summary>
    /// Runs an emulation in steps until some wall time has gone by, after four steps that warm
    /// up; the best of several rounds.
    /// </summary>
    public static Measured Run(Emulation emulation, long stepPs, double seconds, int rounds)
    {
        var untilPs = 4 * stepPs;
        emulation.Run(untilPs);
        var best = default(Measured);
        for (var round = 0; round < rounds; round++)
        {
            var eventCount = emulation.EventCount;
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                untilPs += stepPs;
                emulation.Run(untilPs);
            }

            var events = emulation.EventCount - eventCount;
            var wallSeconds = watch.Elapsed.TotalSeconds;
            var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
            var measured = new Measured(events / wallSeconds, events / used.TotalSeconds);
            if (measured.EventsPerSecond > best.EventsPerSecond)
                best = measured;
        }

        return best;
    }
}
