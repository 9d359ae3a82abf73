namespace Disguise.Host.Experiments;

/// <summary>
/// What a tenant or client runs: a kind from <see cref="ApplicationCatalog"/> and its settings,
/// checked and complete (a setting left out has its default, or is absent if it has none).
/// </summary>
public sealed class ApplicationSettings
{
    private readonly SortedDictionary<string, object> values;

    internal ApplicationSettings(string kind, IReadOnlyDictionary<string, object> values)
    {
        Kind = kind;
        this.values = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            this.values.Add(name, value);
    }

    /// <summary>The kind's name, such as <c>udp-echo</c>.</summary>
    public string Kind { get; }

    /// <summary>Names of the settings that have a value, in ordinal order.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>Whether a setting has a value.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>A whole number, such as a port or a payload's bytes.</summary>
    public int Integer(string name) => checked((int)Get<long>(name));

    /// <summary>A time in picoseconds.</summary>
    public long TimePs(string name) => Get<long>(name);

    /// <summary>An exact number, such as a rate in events a second or a speed.</summary>
    public decimal Number(string name) => Get<decimal>(name);

    /// <summary>A text, such as a file's path as written.</summary>
    public string Text(string name) => Get<string>(name);

    /// <summary>A setting of a type of its own.</summary>
    /// <exception cref="InvalidOperationException">
    /// It has no value, or one of another type.
    /// </exception>
    public T Get<T>(string name) =>
        values.TryGetValue(name, out var value) && value is T typed
            ? typed
            : throw new InvalidOperationException($"{Kind} has no {typeof(T).Name} called {name}");
}
