using System.Globalization;

namespace Disguise.Host.Results;

/// <summary>How numbers and addresses of a result are written for people.</summary>
public static class ResultText
{
    /// <summary>What stands for a value that was not measured.</summary>
    public const string NotMeasured = "-";

    /// <summary>
    /// A number with thousands set apart: whole from 1,000 up, else to four significant digits.
    /// </summary>
    public static string Number(double? value)
    {
        if (value is not { } number)
        {
            return NotMeasured;
        }

        var format = Math.Abs(number) switch
        {
            >= 999.95 => "#,0",
            >= 99.995 => "0.#",
            >= 9.9995 => "0.##",
            >= 0.00095 => "0.####",
            0 => "0",
            _ => "0.###e0",
        };
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>How many times another number, to three significant digits.</summary>
    public static string Ratio(double times) => "×" + Math.Abs(times) switch
    {
        >= 999.5 => times.ToString("#,0", CultureInfo.InvariantCulture),
        >= 99.95 => times.ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => times.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.0995 or 0 => times.ToString("0.00", CultureInfo.InvariantCulture),
        _ => times.ToString("0.#e0", CultureInfo.InvariantCulture),
    };

    /// <summary>A share of 1 in per cent, to a tenth.</summary>
    public static string Percent(double? share) => share is { } value
        ? (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %"
        : NotMeasured;

    /// <summary>A number as a double prints it, so that both sides of a check can be told apart.
    /// </summary>
    public static string Exact(double? value) =>
        value?.ToString("R", CultureInfo.InvariantCulture) ?? "not measured";

    /// <summary>The words of a check: <c>holds</c>, <c>fails</c> or <c>not checked</c>.</summary>
    public static string Verdict(bool? holds) => holds switch
    {
        true => "holds",
        false => "fails",
        null => "not checked",
    };

    /// <summary>What was injected under an architecture and what came of it.</summary>
    public static string Injected(string architecture, InjectionResult injection)
    {
        var outcome = injection.Outcome is { } word ? $", {word}" : "";
        var done = injection.DoneAfterUs is { } doneUs ? $", done after {Number(doneUs)} us" : "";
        var recovered = Recovered(injection) is { } words ? $", {words}" : "";
        return $"{architecture} at {Number(injection.AtUs)} us: {injection.What} "
            + $"{injection.Target}{outcome}{Amount(injection)}{done}{recovered}";
    }

    /// <summary>How much was taken of what is counted, after a comma; else nothing.</summary>
    public static string Amount(InjectionResult injection) => injection.Amount is { } frames
        ? $", {frames} {(frames == 1 ? "frame" : "frames")}" : "";

    /// <summary>
    /// Whether service came back after an injection; null where nothing was hit, and where what
    /// was hit goes on: without some frames, a program is slower.
    /// </summary>
    public static string? Recovered(InjectionResult injection) => injection switch
    {
        { RecoveredAfterUs: { } after } => $"recovered after {Number(after)} us",
        { Outcome: "not-applicable" or "refused" } or { What: "revoke memory" } => null,
        _ => "not recovered",
    };

    /// <summary>A list's text where it is the same for all runs, else null.</summary>
    public static string? Shared(IEnumerable<string?> texts)
    {
        var distinct = texts.Distinct().ToArray();
        return distinct.Length == 1 ? distinct[0] ?? "none" : null;
    }

    /// <summary>
    /// The keys of several objects in the order in which they first stand, a total last.
    /// </summary>
    public static IReadOnlyList<string> Keys<T>(
        IEnumerable<IReadOnlyDictionary<string, T>?> maps) =>
        [.. maps
            .SelectMany(map => map?.Keys ?? [])
            .Distinct()
            .OrderBy(key => key == OpenCounts.TotalKey)];

    /// <summary>
    /// The value of a key in an object whose keys are those that occurred: 0 where the key is
    /// missing, null where the object is.
    /// </summary>
    public static double? Occurred(IReadOnlyDictionary<string, double>? map, string key) =>
        map is null ? null : map.GetValueOrDefault(key);

    /// <inheritdoc cref="Occurred(IReadOnlyDictionary{string, double}, string)"/>
    public static double? Occurred(IReadOnlyDictionary<string, long>? map, string key) =>
        map is null ? null : map.GetValueOrDefault(key);
}
