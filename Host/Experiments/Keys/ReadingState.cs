using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// What a reading collects beside the values: the mechanisms that were asked for.
/// </summary>
internal sealed class ReadingState
{
    private readonly List<UsedMechanism> mechanisms = [];
    private readonly HashSet<string> paths = [];

    public IReadOnlyList<UsedMechanism> Mechanisms => mechanisms;

    /// <summary>Notes a mechanism, once for each path.</summary>
    public void Use(string mechanism, string path, SourcePosition position)
    {
        if (paths.Add(path))
            mechanisms.Add(new UsedMechanism(mechanism, path, position.File, position.Line));
    }
}
