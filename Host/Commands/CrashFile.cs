using System.Globalization;
using Disguise.Host.Experiments;

namespace Disguise.Host.Commands;

/// <summary>
/// What a bug of ours leaves: one line, a file with the details, and a rerun line.
/// </summary>
internal static class CrashFile
{
    public static void Report(Exception bug, IReadOnlyList<string> arguments, TextWriter error)
    {
        var rerun = $"disguise {string.Join(' ', arguments.Select(Quote))}";
        var text = $"{rerun}\n{typeof(CrashFile).Assembly.GetName().Version}\n{bug}\n";
        var what = ExperimentError.Show($"{bug.GetType().Name}: {bug.Message}");
        error.WriteLine($"disguise: a bug of ours: {what}; {Write(text)}");
        error.WriteLine($"rerun: {rerun}");
    }

    /// <summary>Writes beside the user's work, else where temporary files go.</summary>
    private static string Write(string text)
    {
        var time = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        foreach (var folder in new[] { Environment.CurrentDirectory, Path.GetTempPath() })
        {
            var path = Path.Combine(folder, $"disguise-crash-{time}.txt");
            try
            {
                File.WriteAllText(path, text);
                return $"details in {path}";
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // The next folder may take it; the line is printed in any case.
            }
        }

        return "no folder takes a crash file";
    }

    private static string Quote(string argument) =>
        argument.Length > 0
        && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=,:+%".Contains(c))
            ? argument
            : $"'{argument.Replace("'", "'\\''")}'";
}
