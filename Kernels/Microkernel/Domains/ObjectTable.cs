namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// Objects of one kind by their numbers. A number is used again when its object is gone, the one
/// freed last first; what outlives an object, a deadline or an interrupt that is under way, names
/// it with the number's generation, and finds nothing when another has the number.
/// </summary>
/// <param name="limit">Most objects at a time.</param>
internal sealed class ObjectTable<T>(int limit)
    where T : class
{
    /// <summary>Most objects that a table can be made for.</summary>
    public const int MostObjects = 1 << NumberBits;

    private const int NumberBits = 16;

    private readonly List<T?> objects = [];
    private readonly List<ushort> generations = [];
    private readonly Stack<int> free = new();
    private readonly int limit = limit is > 0 and <= MostObjects ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit));

    /// <summary>Objects that there are.</summary>
    public int Count => objects.Count - free.Count;

    /// <summary>The number of the next object; -1 when there are as many as may be.</summary>
    public int NextNumber => free.TryPeek(out var number) ? number
        : objects.Count < limit ? objects.Count : -1;

    /// <summary>The object with a number; there must be one.</summary>
    public T this[int number] => objects[number]
        ?? throw new InvalidOperationException($"no {typeof(T).Name} has the number {number}");

    /// <summary>Adds an object under the next number.</summary>
    public void Add(int number, T added)
    {
        if (number < 0 || number != NextNumber)
        {
            throw new InvalidOperationException(
                $"the next {typeof(T).Name} has the number {NextNumber}, not {number}");
        }

        if (free.TryPop(out _))
        {
            objects[number] = added;
            return;
        }

        objects.Add(added);
        generations.Add(0);
    }

    /// <summary>An object is gone; its number may be used again.</summary>
    public void Remove(int number)
    {
        _ = this[number];
        objects[number] = null;
        generations[number]++;
        free.Push(number);
    }

    /// <summary>Number and generation of an object, 32 bits, for what may outlive it.</summary>
    public uint NameOf(int number) => ((uint)generations[number] << NumberBits) | (uint)number;

    /// <summary>The object that was named, or none when it is gone.</summary>
    public T? Find(uint name)
    {
        var number = (int)(name & (MostObjects - 1));
        return number < objects.Count && NameOf(number) == name ? objects[number] : null;
    }
}
