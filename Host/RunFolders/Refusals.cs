namespace Disguise.Host.RunFolders;

/// <summary>Turns what the disk says into the one line that the command prints.</summary>
internal static class Refusals
{
    /// <summary>Whether an exception is the system's refusal, not a bug of ours.</summary>
    public static bool IsOne(Exception cause) =>
        cause is IOException or UnauthorizedAccessException;

    /// <summary>The refusal in one line: what was tried, then what the system said.</summary>
    public static SurroundingsRefuseException Of(string attempt, Exception cause) =>
        new($"{attempt}: {cause.Message}", cause);

    /// <summary>Runs a step and turns a refusal into its exception.</summary>
    public static T Watch<T>(string attempt, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception cause) when (IsOne(cause))
        {
            throw Of(attempt, cause);
        }
    }

    /// <summary>Deletes a leftover, if that is possible.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (IsOne(cause))
        {
            // The refusal under way is the news; a leftover beside it is not.
        }
    }
}
