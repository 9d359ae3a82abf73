using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Disguise.Host.Experiments.Source;

/// <summary>
/// The library's parser, whose every failure is a <see cref="YamlException"/> with a place. On
/// some broken texts (an unclosed brace before a colon) its scanner throws exceptions of other
/// types; they mean the same to the person who wrote the text.
/// </summary>
internal sealed class EventSource(string text) : IParser
{
    private readonly Parser parser = new(new StringReader(text));

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        var from = parser.Current?.End ?? Mark.Empty;
        try
        {
            return parser.MoveNext();
        }
        catch (Exception failure) when (failure is not YamlException)
        {
            throw new YamlException(from, from, "something is not closed, or not where it can be");
        }
    }

    /// <summary>The next event, which stays the next; null at the end.</summary>
    public ParsingEvent? Peek() => Current is not null || MoveNext() ? Current : null;
}
