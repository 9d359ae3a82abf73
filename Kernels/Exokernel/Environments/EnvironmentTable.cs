namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// The environments of a machine by number and by actor. A number is used again after its end,
/// the lowest free one first, in another generation.
/// </summary>
internal sealed class EnvironmentTable(int limit)
{
    private readonly List<EnvironmentRecord?> byNumber = [];
    private readonly List<uint> generations = [];
    private readonly List<int> byActor = [];
    private readonly SortedSet<int> free = [];

    /// <summary>Whoever there is, by number.</summary>
    public IEnumerable<EnvironmentRecord> All => byNumber.OfType<EnvironmentRecord>();

    /// <summary>The next number and its generation. False when there are too many.</summary>
    public bool TryNext(out int number, out uint generation)
    {
        number = free.Count > 0 ? free.Min : byNumber.Count;
        generation = number < generations.Count ? generations[number] : 0;
        return number < limit;
    }

    /// <summary>Whether there is, or was, an environment of a number in a generation.</summary>
    public bool HasBeen(int number, uint generation) =>
        (uint)number < (uint)generations.Count && (generation < generations[number]
            || (generation == generations[number] && byNumber[number] is not null));

    public void Add(EnvironmentRecord environment)
    {
        if (environment.Number == byNumber.Count)
        {
            byNumber.Add(environment);
            generations.Add(0);
        }
        else
        {
            free.Remove(environment.Number);
            byNumber[environment.Number] = environment;
        }

        while (byActor.Count <= environment.Actor.Ordinal)
            byActor.Add(-1);
        byActor[environment.Actor.Ordinal] = environment.Number;
    }

    public void Remove(EnvironmentRecord environment)
    {
        byNumber[environment.Number] = null;
        generations[environment.Number]++;
        free.Add(environment.Number);
    }

    public EnvironmentRecord? ByNumber(int number) =>
        (uint)number < (uint)byNumber.Count ? byNumber[number] : null;

    /// <summary>The environment whose actor has an ordinal, or none.</summary>
    public EnvironmentRecord? ByActor(int ordinal) =>
        IsEnvironment(ordinal) && byNumber[byActor[ordinal]] is { } found
            && found.Actor.Ordinal == ordinal ? found : null;

    /// <summary>Whether an actor is an environment's, or was one's that has ended.</summary>
    public bool IsEnvironment(int ordinal) =>
        (uint)ordinal < (uint)byActor.Count && byActor[ordinal] >= 0;

    public EnvironmentRecord? ByAddress(string address) => byNumber.Find(
        environment => environment is not null && environment.Description.Address == address);
}
