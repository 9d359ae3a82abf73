namespace Disguise.LibOS.Applications;

/// <summary>
/// Settings of an application, as an experiment gives them: counts and times, these in
/// picoseconds.
/// </summary>
/// <param name="numbers">Value by name.</param>
public sealed class ApplicationParameters(IReadOnlyDictionary<string, long> numbers)
{
    /// <summary>No settings: every one has its default.</summary>
    public static ApplicationParameters None { get; } = new(new SortedList<string, long>());

    /// <summary>A setting, or its default where it is not given.</summary>
    public long NumberOf(string name, long otherwise) =>
        numbers.TryGetValue(name, out var value) ? value : otherwise;
}
