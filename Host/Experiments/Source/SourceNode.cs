namespace Disguise.Host.Experiments.Source;

/// <summary>
/// A node of a YAML 1.2 document that knows its line. Aliases are copied when read, so that this
/// is a tree: what <c>--set</c> changes in one place changes nowhere else.
/// </summary>
internal abstract class SourceNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    /// <summary>The word for this node in an error line.</summary>
    public abstract string Noun { get; }

    /// <summary>A deep copy that keeps the positions.</summary>
    public abstract SourceNode Copy();
}

/// <summary>Text; <paramref name="plain"/> where it stood without quotes.</summary>
internal sealed class SourceScalar(SourcePosition position, string text, bool plain = true)
    : SourceNode(position)
{
    public string Text { get; } = text;

    public bool Plain { get; } = plain;

    /// <summary>Whether this is the null of YAML's core schema (YAML 1.2, section 10.3).</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Noun => IsNull ? "nothing" : "a single value";

    public override SourceNode Copy() => new SourceScalar(Position, Text, Plain);
}

/// <summary>A list.</summary>
internal sealed class SourceSequence(SourcePosition position) : SourceNode(position)
{
    public List<SourceNode> Items { get; } = [];

    public override string Noun => "a list";

    public override SourceNode Copy()
    {
        var copy = new SourceSequence(Position);
        foreach (var item in Items)
            copy.Items.Add(item.Copy());
        return copy;
    }
}

/// <summary>Keys and their values, in the order written.</summary>
internal sealed class SourceMapping(SourcePosition position) : SourceNode(position)
{
    private readonly Dictionary<string, int> places = [];

    public List<KeyValuePair<SourceScalar, SourceNode>> Entries { get; } = [];

    public override string Noun => "a mapping";

    public SourceNode? Find(string key) =>
        places.TryGetValue(key, out var place) ? Entries[place].Value : null;

    /// <summary>Adds a key; false, and nothing done, if it is there already.</summary>
    public bool TryAdd(SourceScalar key, SourceNode value)
    {
        if (!places.TryAdd(key.Text, Entries.Count))
            return false;
        Entries.Add(new(key, value));
        return true;
    }

    /// <summary>Sets a key's value, in its old place if it had one.</summary>
    public void Set(string key, SourceNode value)
    {
        if (places.TryGetValue(key, out var place))
            Entries[place] = new(Entries[place].Key, value);
        else
            TryAdd(new SourceScalar(value.Position, key), value);
    }

    public override SourceNode Copy()
    {
        var copy = new SourceMapping(Position);
        foreach (var (key, value) in Entries)
            copy.TryAdd(key, value.Copy());
        return copy;
    }
}
