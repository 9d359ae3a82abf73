using Disguise.Actors.Ledgers;
using Disguise.Hardware.Platforms;

namespace Disguise.Host.Experiments;

/// <summary>
/// Platforms by what an experiment calls them: a name that comes with the program, the name of a
/// file <c>NAME.platform</c> in the current folder, or a path to such a file, beside the
/// experiment or from the current folder.
/// </summary>
internal static class PlatformFiles
{
    public const string Extension = ".platform";

    private const long MostBytes = 1 << 20;

    /// <summary>Whether the current folder holds a platform of that name.</summary>
    public static bool IsHere(string name) => File.Exists(name + Extension);

    /// <summary>The file that is meant; null for a platform of the program.</summary>
    public static string? PathOf(string platform, string experimentFile)
    {
        if (PlatformCatalog.Names.Contains(platform))
            return null;
        if (!platform.EndsWith(Extension, StringComparison.Ordinal))
            return platform + Extension;
        var beside = Path.Combine(Path.GetDirectoryName(experimentFile) ?? "", platform);
        return !File.Exists(beside) && File.Exists(platform) ? platform : beside;
    }

    /// <summary>Reads a platform.</summary>
    /// <param name="platform">What the experiment calls it.</param>
    /// <param name="experimentFile">The experiment's file.</param>
    /// <param name="overrides">Costs with other values, by name; null for none.</param>
    /// <exception cref="ExperimentError">There is no such file, or it is wrong.</exception>
    public static Platform Load(
        string platform, string experimentFile,
        IReadOnlyDictionary<string, string>? overrides = null)
    {
        try
        {
            return PathOf(platform, experimentFile) is not { } path
                ? PlatformCatalog.Load(platform, overrides)
                : PlatformCatalog.Parse(
                    path[..^Extension.Length], Read(path, experimentFile), overrides);
        }
        catch (CostFileException cause)
        {
            throw new ExperimentError(experimentFile, cause.Message);
        }
    }

    private static string Read(string path, string experimentFile)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true } file)
            {
                throw new ExperimentError(
                    experimentFile, $"there is no platform file {ExperimentError.Show(path)}",
                    string.Join(", ", PlatformCatalog.Names) + $", or a path to NAME{Extension}");
            }

            return file.Length <= MostBytes ? File.ReadAllText(path)
                : throw new ExperimentError(
                    path, $"has {file.Length} bytes", $"{MostBytes} bytes at most");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            throw new ExperimentError(ExperimentError.Show(path), "cannot be read");
        }
    }
}
