namespace Disguise.Host.Experiments;

/// <summary>
/// What <c>list KIND</c> shows: names that an experiment may use, with a line on each.
/// </summary>
public static class Listings
{
    /// <summary>The kinds that can be listed without a file.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "applications",
        "clients",
        "platforms",
        "profiles",
        "faults",
        "architectures",
    ];

    /// <summary>The kind that lists a file's addresses.</summary>
    public const string Targets = "targets";

    /// <summary>The entries of a kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="catalog">The names that a file may use; null for those of this program.</param>
    /// <exception cref="ExperimentError">There is no such kind.</exception>
    public static IReadOnlyList<Listing> Of(string kind, ExperimentCatalog? catalog = null)
    {
        catalog ??= ExperimentCatalog.Default;
        return kind switch
        {
            "applications" => [.. catalog.Applications.For(clients: false).Select(Entry)],
            "clients" => [.. catalog.Applications.For(clients: true).Select(Entry)],
            "platforms" => [.. catalog.Platforms.Select((name, at) => Default(name, at == 0))],
            "profiles" => [.. catalog.Profiles.Select((name, at) => Default(name, at == 0))],
            "faults" => [.. catalog.Faults.Kinds.Select(f => new Listing(f.Name, f.Description))],
            "architectures" =>
            [
                .. catalog.Architectures.Except(catalog.PluginArchitectures).Select(Architecture),
                .. catalog.PluginArchitectures.Select(name => new Listing(name, "a plug-in")),
            ],
            _ => throw new ExperimentError(
                $"list {ExperimentError.Show(kind)}",
                $"no such kind, did you mean {Nearest.To(kind, Kinds.Append(Targets))}",
                string.Join(", ", Kinds.Append($"{Targets} FILE"))
            ),
        };
    }

    private static Listing Default(string name, bool first) =>
        new(name, first ? "the default" : "");

    private static Listing Architecture(string name) =>
        new(
            name,
            BuiltMechanisms.Here.Has(BuiltMechanisms.Architecture(name)) ? "" : "not built yet"
        );

    private static Listing Entry(ApplicationKind kind) =>
        new(kind.Name, $"{kind.Description}: {string.Join(", ", kind.Settings.Select(Setting))}");

    private static string Setting(ApplicationSetting setting) =>
        setting.Required ? $"{setting.Name} (required)"
        : setting.Default is { } value ? $"{setting.Name} ({value})"
        : setting.Name;
}
