using Disguise.Host.Experiments;

namespace Disguise.Host.Validation;

/// <summary>The suites that come with the program.</summary>
public static class SuiteCatalog
{
    private static readonly SortedDictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["arrakis"] = "experiments/arrakis/validation.yaml",
        ["exokernel"] = "experiments/exokernel/validation.yaml",
        ["xok"] = "experiments/xok/validation.yaml",
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Files.Keys;

    /// <summary>The suites of some names; all of them for none.</summary>
    /// <exception cref="ExperimentError">A name that is none.</exception>
    public static IReadOnlyList<Suite> Load(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!Files.ContainsKey(name))
            {
                throw new ExperimentError(
                    $"validate {ExperimentError.Show(name)}",
                    $"no suite of that name, did you mean {Nearest.To(name, Files.Keys)}",
                    string.Join(", ", Files.Keys));
            }
        }

        var wanted = names.Count == 0 ? [.. Files.Keys] : names.Distinct();
        return [.. wanted.Select(name =>
            SuiteReader.Read(Files[name], ShippedFiles.TextOf(Files[name])))];
    }
}
