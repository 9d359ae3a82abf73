using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Disguise.Host.Experiments.Source;

/// <summary>
/// Reads one YAML 1.2 document into a tree with lines. Anchors, aliases and merge keys
/// (<c>&lt;&lt;</c>) are resolved; duplicate keys, tags, second documents and documents beyond the
/// limits below are refused with one line.
/// </summary>
internal sealed class SourceReader
{
    /// <summary>Longest text, in characters.</summary>
    public const int MostCharacters = 8 * 1024 * 1024;

    /// <summary>Most nodes once aliases are copied: the answer to an alias bomb.</summary>
    public const int MostNodes = 500_000;

    /// <summary>Deepest nesting.</summary>
    public const int MostDepth = 32;

    private const string Form = "YAML 1.2";

    private readonly SourcePosition origin;
    private readonly EventSource parser;
    private readonly Dictionary<string, SourceNode?> anchors = [];
    private int nodes;

    private SourceReader(SourcePosition origin, string text)
    {
        this.origin = origin;
        parser = new EventSource(text);
    }

    /// <summary>Reads a file's text.</summary>
    public static SourceNode ReadFile(string file, string text) =>
        Read(new SourcePosition(file, 1), text);

    /// <summary>
    /// Reads a value given with an option; all of it is positioned at the option.
    /// </summary>
    public static SourceNode ReadOption(string option, string text) =>
        Read(SourcePosition.Option(option), text);

    private static SourceNode Read(SourcePosition origin, string text)
    {
        if (text.Length > MostCharacters)
            throw origin.Error("the text is too long", $"{MostCharacters} characters");
        try
        {
            return new SourceReader(origin, text).Document();
        }
        catch (YamlException failure)
        {
            throw UnquotedAddress.Find(origin, text, (int)failure.Start.Line)
                ?? Place(origin, failure.Start).Error($"not YAML: {Reason(failure)}", Form);
        }
    }

    private static string Reason(Exception failure)
    {
        var reason = failure.Message;
        var colon = reason.IndexOf("): ", StringComparison.Ordinal);
        reason = colon >= 0 ? reason[(colon + 3)..] : reason;
        return reason.TrimEnd('.');
    }

    private static SourcePosition Place(SourcePosition origin, Mark mark) =>
        origin.Line == 0 ? origin : origin with { Line = Math.Max(1, (int)mark.Line) };

    private SourceNode Document()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
            throw origin.Error("there is nothing in it", Form);
        parser.Consume<DocumentStart>();
        var root = Node(0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw Place(origin, second.Start).Error("a second document", "one document");
        parser.Consume<StreamEnd>();
        return root;
    }

    private SourceNode Node(int depth)
    {
        var next = parser.Peek() ?? throw origin.Error("the document breaks off", Form);
        var position = Place(origin, next.Start);
        if (depth > MostDepth)
            throw position.Error("nested too deeply", $"{MostDepth} levels");
        Count(1, position);
        if (next is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
            throw position.Error(
                $"tag {ExperimentError.Show(tagged.Tag.Value)}",
                "values without tags"
            );
        return next switch
        {
            AnchorAlias => Alias(position),
            Scalar => Text(position),
            SequenceStart => Sequence(position, depth),
            MappingStart => Mapping(position, depth),
            _ => throw position.Error("not YAML: a value was expected", Form),
        };
    }

    private SourceNode Alias(SourcePosition position)
    {
        var name = parser.Consume<AnchorAlias>().Value.Value;
        if (!anchors.TryGetValue(name, out var node))
        {
            throw position.Error(
                $"no anchor {ExperimentError.Show(name)} before this alias",
                anchors.Count == 0
                    ? "no alias, as there is no anchor"
                    : string.Join(", ", anchors.Keys)
            );
        }

        if (node is null)
            throw position.Error(
                $"alias {ExperimentError.Show(name)} stands inside its own anchor",
                "an alias of something complete"
            );
        Count(Size(node), position);
        return node.Copy();
    }

    private SourceScalar Text(SourcePosition position)
    {
        var scalar = parser.Consume<Scalar>();
        if (scalar.Value.EnumerateRunes().Contains(Rune.ReplacementChar))
            throw position.Error("half a character", "UTF-8 text, whole characters");
        var node = new SourceScalar(position, scalar.Value, scalar.Style is ScalarStyle.Plain);
        Remember(scalar.Anchor, node);
        return node;
    }

    private SourceSequence Sequence(SourcePosition position, int depth)
    {
        var anchor = parser.Consume<SequenceStart>().Anchor;
        Remember(anchor, null);
        var node = new SourceSequence(position);
        while (!parser.TryConsume<SequenceEnd>(out _))
            node.Items.Add(Node(depth + 1));
        Remember(anchor, node);
        return node;
    }

    private SourceMapping Mapping(SourcePosition position, int depth)
    {
        var anchor = parser.Consume<MappingStart>().Anchor;
        Remember(anchor, null);
        var node = new SourceMapping(position);
        var merged = new List<SourceNode>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not SourceScalar key)
                throw position.Error("a key is not a single word", "key: value");
            var value = Node(depth + 1);
            if (key is { Plain: true, Text: "<<" })
                merged.Add(value);
            else if (!node.TryAdd(key, value))
                throw key.Position.Error(
                    $"key {ExperimentError.Show(key.Text)} stands here twice",
                    "each key once"
                );
        }

        foreach (var source in merged)
            Merge(node, source);
        Remember(anchor, node);
        return node;
    }

    private void Merge(SourceMapping into, SourceNode source)
    {
        IEnumerable<SourceNode> parts = source is SourceSequence list ? list.Items : [source];
        foreach (var part in parts)
        {
            if (part is not SourceMapping mapping)
                throw part.Position.Error(
                    $"<< is {part.Noun}",
                    "an alias of a mapping, or a list of them"
                );
            foreach (var (key, value) in mapping.Entries)
            {
                Count(Size(value), part.Position);
                into.TryAdd(key, value.Copy());
            }
        }
    }

    private void Remember(AnchorName anchor, SourceNode? node)
    {
        if (!anchor.IsEmpty)
            anchors[anchor.Value] = node;
    }

    private void Count(int more, SourcePosition position)
    {
        nodes += more;
        if (nodes > MostNodes)
            throw position.Error("too large once its aliases are copied", $"{MostNodes} values");
    }

    private static int Size(SourceNode node) =>
        node switch
        {
            SourceSequence list => 1 + list.Items.Sum(Size),
            SourceMapping mapping => 1 + mapping.Entries.Sum(entry => 1 + Size(entry.Value)),
            _ => 1,
        };
}
