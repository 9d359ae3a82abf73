namespace Disguise.Host.Results;

/// <summary>The two emphases of a terminal: strong, and alarm.</summary>
public readonly struct TerminalColour(bool isOn)
{
    /// <summary>
    /// Whether standard output wants colour: it is a terminal that can show it, and the user has
    /// not said no by NO_COLOR (no-color.org: set and not empty).
    /// </summary>
    public static bool IsWanted =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    internal string Strong(string text) => isOn ? $"\e[1m{text}\e[0m" : text;

    internal string Alarm(string text) => isOn ? $"\e[31m{text}\e[0m" : text;
}
