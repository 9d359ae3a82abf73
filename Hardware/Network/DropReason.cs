namespace Disguise.Hardware.Network;

/// <summary>
/// Why a packet was dropped. The set is open: devices and networks define their own. Each is
/// counted by <see cref="PacketCounters"/>, so that what goes in comes out or is accounted for.
/// </summary>
public sealed class DropReason
{
    /// <summary>Most reasons of one process.</summary>
    public const int Limit = 64;

    private static readonly Lock Gate = new();
    private static readonly List<DropReason> Defined = [];

    private DropReason(string name, string meaning, int index)
    {
        Name = name;
        Meaning = meaning;
        Index = index;
    }

    /// <summary>The name: lower case, words joined by hyphens.</summary>
    public string Name { get; }

    /// <summary>One sentence: what happened.</summary>
    public string Meaning { get; }

    /// <summary>Index into counters of this process.</summary>
    public int Index { get; }

    /// <summary>Reasons defined so far, by name.</summary>
    public static IReadOnlyList<DropReason> All
    {
        get
        {
            lock (Gate)
            {
                var sorted = Defined.ToArray();
                Array.Sort(sorted, (left, right) =>
                    string.CompareOrdinal(left.Name, right.Name));
                return sorted;
            }
        }
    }

    /// <summary>Defines a reason. A name is defined once.</summary>
    public static DropReason Define(string name, string meaning)
    {
        lock (Gate)
        {
            if (Defined.Exists(reason => reason.Name == name))
                throw new InvalidOperationException($"drop reason {name} is defined twice");
            if (Defined.Count == Limit)
                throw new InvalidOperationException($"more than {Limit} drop reasons");
            var reason = new DropReason(name, meaning, Defined.Count);
            Defined.Add(reason);
            return reason;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
