using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments.Keys;

/// <summary>The checked values of a section, defaults included.</summary>
internal sealed class SectionValues(string path, SourceMapping node)
{
    private readonly Dictionary<string, object> values = [];

    public string Path { get; } = path;

    /// <summary>Values by key.</summary>
    public IReadOnlyDictionary<string, object> All => values;

    public SourcePosition Position => node.Position;

    public void Add(string key, object value) => values.Add(key, value);

    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>Whether the file gives the key, default apart.</summary>
    public bool IsGiven(string key) => node.Find(key) is not null;

    /// <summary>A value that is required or has a default.</summary>
    public T Get<T>(string key) => (T)values[key];

    public T? Find<T>(string key)
        where T : class => values.TryGetValue(key, out var value) ? (T)value : null;

    public T? FindValue<T>(string key)
        where T : struct => values.TryGetValue(key, out var value) ? (T)value : null;

    public int Integer(string key) => checked((int)Get<long>(key));

    /// <summary>A list; empty if left out.</summary>
    public IReadOnlyList<T> List<T>(string key) =>
        values.TryGetValue(key, out var value) ? [.. ((List<object>)value).Cast<T>()] : [];

    /// <summary>A section; one of defaults only if left out.</summary>
    public SectionValues Section(string key, Section section) =>
        Find<SectionValues>(key)
        ?? section.Read(
            new SourceMapping(Position),
            Keys.Section.Join(Path, key),
            new ReadingState()
        );

    /// <summary>Where a key's value stands; the section's place if it is left out.</summary>
    public SourcePosition Where(string key) => node.Find(key)?.Position ?? node.Position;

    /// <summary>Where an item of a list stands.</summary>
    public SourcePosition Where(string key, int item) =>
        node.Find(key) is SourceSequence list ? list.Items[item].Position : Where(key);

    /// <summary>An error at a key.</summary>
    public ExperimentError Error(string key, string what, string? allowed = null) =>
        Where(key).Error($"{Keys.Section.Join(Path, key)}: {what}", allowed);
}
