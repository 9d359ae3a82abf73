namespace Disguise.Host.Calibration;

/// <summary>One thing that was measured on this machine.</summary>
/// <param name="Name">What.</param>
/// <param name="Nanoseconds">How long, of one event or byte; null where it cannot be measured.
/// </param>
/// <param name="Unit"><c>ns</c> or <c>ns/B</c>.</param>
/// <param name="Method">How, or why not.</param>
internal sealed record Measured(string Name, double? Nanoseconds, string Unit, string Method)
{
    public static Measured Event(string name, double? nanoseconds, string method) =>
        new(name, nanoseconds, "ns", method);

    /// <summary>An event timed as a difference, which may be lost in what disturbs it.
    /// </summary>
    public static Measured Difference(
        string name, double nanoseconds, string method, string unit = "ns") =>
        AboveNothing(nanoseconds) is { } time ? new(name, time, unit, method)
            : new(name, null, unit, $"no difference seen: {method}");

    /// <summary>
    /// What was measured as a difference counts only where it is above nothing.
    /// </summary>
    public static double? AboveNothing(double? nanoseconds) =>
        nanoseconds is > 0 ? nanoseconds : null;
}
