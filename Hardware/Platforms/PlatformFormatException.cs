namespace Disguise.Hardware.Platforms;

/// <summary>
/// A platform file has a mistake; the message is one line: file, line, what is wrong.
/// </summary>
public sealed class PlatformFormatException(string file, int line, string problem)
    : FormatException($"{file}:{line}: {problem}");
