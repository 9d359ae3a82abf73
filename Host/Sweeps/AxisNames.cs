namespace Disguise.Host.Sweeps;

/// <summary>The shortest ends of key paths that still tell the axes of a sweep apart.</summary>
internal static class AxisNames
{
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> paths)
    {
        var all = paths.ToList();
        return all.ToDictionary(path => path, path => Shortest(path, all));
    }

    /// <summary>Settings as <c>work=1us cores=2</c>.</summary>
    public static string Print(
        IEnumerable<KeyValuePair<string, string>> settings,
        IReadOnlyDictionary<string, string> names) =>
        string.Join(' ', settings.Select(setting => $"{names[setting.Key]}={setting.Value}"));

    private static string Shortest(string path, List<string> all)
    {
        var steps = path.Split('.');
        for (var count = 1; count < steps.Length; count++)
        {
            var end = string.Join('.', steps[^count..]);
            if (all.TrueForAll(other => other == path
                || !other.EndsWith($".{end}", StringComparison.Ordinal) && other != end))
                return end;
        }

        return path;
    }
}
