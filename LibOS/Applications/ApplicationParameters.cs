namespace Disguise.LibOS.Applications;

/// <summary>
/// Settings of an application, as an experiment gives them, each of the type that its kind says:
/// a whole number (<c>long</c>: counts, sizes in bytes, times in picoseconds), an exact number
/// (<c>decimal</c>: rates, factors), or a text (<c>string</c>: words, paths, addresses). Asking
/// for another type than was given is a bug of the application's and throws
/// <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class ApplicationParameters
{
    private readonly SortedDictionary<string, object> values = new(StringComparer.Ordinal);

    /// <summary>Settings by name.</summary>
    /// <exception cref="ArgumentException">A value of another type.</exception>
    public ApplicationParameters(IEnumerable<KeyValuePair<string, object>> settings)
    {
        foreach (var (name, value) in settings)
        {
            if (value is not (long or decimal or string))
                throw new ArgumentException($"{name} is a {value.GetType().Name}");
            values.Add(name, value);
        }
    }

    /// <summary>No settings: every one has its default.</summary>
    public static ApplicationParameters None { get; } = new([]);

    /// <summary>A whole number, or its default where it is not given.</summary>
    public long NumberOf(string name, long otherwise) => Find(name, otherwise);

    /// <summary>An exact number, or its default where it is not given.</summary>
    public decimal DecimalOf(string name, decimal otherwise) => Find(name, otherwise);

    /// <summary>A text, or its default where it is not given.</summary>
    public string TextOf(string name, string otherwise) => Find(name, otherwise);

    private T Find<T>(string name, T otherwise) =>
        !values.TryGetValue(name, out var value) ? otherwise
        : value is T typed ? typed
        : throw new InvalidOperationException(
            $"the setting {name} is a {value.GetType().Name}, not a {typeof(T).Name}");
}
