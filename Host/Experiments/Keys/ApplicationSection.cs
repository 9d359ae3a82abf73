using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>
/// <c>app: { kind: ..., settings }</c>: the kind decides which other keys there are.
/// </summary>
internal sealed class ApplicationSection : ValueKind
{
    private readonly Dictionary<string, Section> sections = [];
    private readonly List<string> kinds = [];

    public ApplicationSection(IEnumerable<ApplicationKind> applications)
    {
        foreach (var application in applications)
        {
            kinds.Add(application.Name);
            sections.Add(
                application.Name,
                new Section(
                    "a mapping",
                    [
                        new Key("kind", Kinds.Choice([application.Name]), application.Description)
                        {
                            Required = true,
                        },
                        .. application.Settings.Select(KeyOf),
                    ]
                )
            );
        }
    }

    public override string Allowed => $"a mapping with kind, one of {string.Join(", ", kinds)}";

    public override ApplicationSettings Read(SourceNode node, string path, ReadingState state)
    {
        var section = SectionOf(node, path);
        var values = section.Read(node, path, state);
        var kind = values.Get<string>("kind");
        state.Use(BuiltMechanisms.Application(kind), path, node.Position);
        return new ApplicationSettings(
            kind,
            values.All.Where(value => value.Key != "kind").ToDictionary()
        );
    }

    /// <summary>The keys that hold for the kind that a mapping names.</summary>
    public Section SectionOf(SourceNode? node, string path)
    {
        if (node is not SourceMapping mapping)
            throw Wrong(node ?? throw new InvalidOperationException($"{path} is not there"), path);
        if (mapping.Find("kind") is not { } kind)
            throw node.Position.Error($"{path} has no kind", string.Join(", ", kinds));
        if (kind is not SourceScalar { IsNull: false } word)
            throw kind.Position.Error($"{path}.kind is {kind.Noun}", string.Join(", ", kinds));
        return sections.TryGetValue(word.Text, out var section)
            ? section
            : throw kind.Position.Error(
                $"{path}.kind: {ExperimentError.Show(word.Text)}, "
                    + $"did you mean {Nearest.To(word.Text, kinds)}",
                string.Join(", ", kinds)
            );
    }

    public override JsonObject Schema() =>
        new()
        {
            ["oneOf"] = new JsonArray([.. kinds.Select(kind => (JsonNode)sections[kind].Schema())]),
        };

    private static Key KeyOf(ApplicationSetting setting) =>
        new(setting.Name, KindOf(setting), setting.Description)
        {
            Required = setting.Required,
            Default = setting.Default,
            Excludes = setting.Excludes,
        };

    private static ScalarKind KindOf(ApplicationSetting setting) =>
        setting.Type switch
        {
            SettingType.Time => Kinds.Time((long)setting.Minimum, (long)setting.Maximum),
            SettingType.EventRate => Kinds.EventRate(),
            SettingType.Size => Kinds.Size((long)setting.Minimum, (long)setting.Maximum),
            SettingType.Integer => Kinds.Integer((long)setting.Minimum, (long)setting.Maximum),
            SettingType.Number => Kinds.Decimal(setting.Minimum, setting.Maximum),
            SettingType.Choice => Kinds.Choice(setting.Choices),
            SettingType.Text or SettingType.File => Kinds.Text(),
            SettingType.Target => Kinds.AnAddress(),
            SettingType.TargetChoice => Kinds.TargetChoices(),
            _ => throw new InvalidOperationException($"no kind for {setting.Type}"),
        };
}
