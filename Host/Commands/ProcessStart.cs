using System.Diagnostics;
using System.Globalization;

namespace Disguise.Host.Commands;

/// <summary>
/// How long this process has run. The launcher becomes the program, so the operating system's
/// start time is the launcher's, which may have built for a minute: it says in the environment
/// when it was done.
/// </summary>
public static class ProcessStart
{
    /// <summary>Seconds since 1970 (UTC), with a fraction.</summary>
    public const string Variable = "DISGUISE_STARTED";

    /// <summary>Wall time since the process, or the program in it, began, seconds.</summary>
    public static double SecondsSince()
    {
        var now = DateTime.UtcNow;
        using var process = Process.GetCurrentProcess();
        return SecondsSince(
            now, process.StartTime.ToUniversalTime(), Environment.GetEnvironmentVariable(Variable));
    }

    /// <summary>
    /// Seconds since the later of two starts. What the launcher says is not believed where it is
    /// no number or lies in the future.
    /// </summary>
    public static double SecondsSince(DateTime now, DateTime processStart, string? said)
    {
        var start = processStart;
        if (double.TryParse(
                said, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= (now - DateTime.UnixEpoch).TotalSeconds)
        {
            var launched = DateTime.UnixEpoch.AddSeconds(seconds);
            start = launched > start ? launched : start;
        }

        return Math.Max(0, (now - start).TotalSeconds);
    }
}
