using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Disguise.Host.Experiments.Source;

/// <summary>Writes a tree as YAML that reads back as the same tree.</summary>
internal static class SourceWriter
{
    public static string Write(SourceNode root)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(writer, new EmitterSettings(2, int.MaxValue, false, 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, true));
        Node(emitter, root);
        emitter.Emit(new DocumentEnd(true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    /// <summary>A value as <c>--set</c> takes it; it reads back as an equal value.</summary>
    public static string WriteInline(SourceNode node) =>
        node switch
        {
            SourceScalar { Plain: true } scalar => scalar.Text,
            SourceScalar scalar => JsonSerializer.Serialize(scalar.Text),
            SourceSequence list => $"[{string.Join(", ", list.Items.Select(WriteInline))}]",
            SourceMapping mapping => "{ "
                + string.Join(
                    ", ",
                    mapping.Entries.Select(entry =>
                        $"{JsonSerializer.Serialize(entry.Key.Text)}: {WriteInline(entry.Value)}"
                    )
                )
                + " }",
            _ => throw new InvalidOperationException($"no way to write {node.Noun}"),
        };

    private static void Node(Emitter emitter, SourceNode node)
    {
        switch (node)
        {
            case SourceScalar scalar:
                emitter.Emit(Scalar(scalar));
                break;
            case SourceSequence list:
                var flat = list.Items.TrueForAll(item => item is SourceScalar);
                emitter.Emit(
                    new SequenceStart(
                        AnchorName.Empty,
                        TagName.Empty,
                        true,
                        flat ? SequenceStyle.Flow : SequenceStyle.Block
                    )
                );
                foreach (var item in list.Items)
                    Node(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case SourceMapping mapping:
                var simple = mapping.Entries.Count == 0;
                emitter.Emit(
                    new MappingStart(
                        AnchorName.Empty,
                        TagName.Empty,
                        true,
                        simple ? MappingStyle.Flow : MappingStyle.Block
                    )
                );
                foreach (var (key, value) in mapping.Entries)
                {
                    emitter.Emit(Scalar(key));
                    Node(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            default:
                throw new InvalidOperationException($"no way to write {node.Noun}");
        }
    }

    private static Scalar Scalar(SourceScalar scalar) =>
        new(
            AnchorName.Empty,
            TagName.Empty,
            scalar.Text,
            scalar.Plain ? ScalarStyle.Any : ScalarStyle.DoubleQuoted,
            scalar.Plain,
            true
        );
}
