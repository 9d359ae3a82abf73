using Disguise.Host.Commands;

namespace Disguise.Host.RunFolders;

/// <summary>
/// The newest run, as <c>runs/latest</c>: a symbolic link, or a text file that holds the path
/// where the file system has no links.
/// </summary>
public static class LatestRun
{
    /// <summary>The link's name in the folder of runs.</summary>
    public const string LinkName = "latest";

    private const int Attempts = 3;

    /// <summary>
    /// Points <c>PARENT/latest</c> at a folder. A convenience: where it fails, the run is not
    /// lost, so the answer is a line for standard error, or null when it went well.
    /// </summary>
    public static string? Point(string parent, RunFolder folder)
    {
        var link = Path.Combine(Path.GetFullPath(parent), LinkName);
        var target = Path.GetRelativePath(Path.GetFullPath(parent), folder.FullPath);
        if (new DirectoryInfo(link) is { Exists: true, LinkTarget: null })
        {
            return $"'{link}' is a folder, not our link: left as it is";
        }

        try
        {
            Directory.CreateDirectory(parent);

            // Another command may put its own link between the two steps.
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                File.Delete(link);
                if (TryLink(link, target))
                {
                    return null;
                }
            }

            File.Delete(link);
            RunFolder.WriteAtomically(link, System.Text.Encoding.UTF8.GetBytes(target + "\n"));
            return null;
        }
        catch (Exception cause) when (Refusals.IsOne(cause) || cause is SurroundingsRefuseException)
        {
            return $"cannot point '{link}' at the run: {cause.Message.ReplaceLineEndings(" ")}";
        }
    }

    /// <summary>
    /// Points at a run that lies in the folder of runs, and says so where that fails. A folder of
    /// one's own choice gets no link beside it.
    /// </summary>
    internal static void PointAt(string parent, RunFolder folder, Terminal terminal)
    {
        if (Path.GetDirectoryName(folder.FullPath) == Path.GetFullPath(parent)
            && Point(parent, folder) is { } note)
            terminal.Error.WriteLine(note);
    }

    /// <summary>The newest run's folder, or null when there is none.</summary>
    public static string? Find(string parent)
    {
        var link = Path.Combine(Path.GetFullPath(parent), LinkName);
        try
        {
            var target = new FileInfo(link).LinkTarget
                ?? (File.Exists(link) ? File.ReadAllText(link).Trim() : null);
            if (string.IsNullOrEmpty(target))
            {
                return null;
            }

            var path = Path.GetFullPath(target, Path.GetFullPath(parent));
            return Directory.Exists(path) ? path : null;
        }
        catch (Exception cause) when (Refusals.IsOne(cause))
        {
            return null;
        }
    }

    private static bool TryLink(string link, string target)
    {
        try
        {
            Directory.CreateSymbolicLink(link, target);
            return true;
        }
        catch (Exception cause) when (Refusals.IsOne(cause))
        {
            return false;
        }
    }
}
