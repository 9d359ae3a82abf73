using System.Globalization;
using System.Text;

namespace Disguise.Host.Reports;

/// <summary>
/// Writes HTML that is well-formed XML too: every element is closed, every text and attribute
/// escaped. No other code of the report writes an angle bracket.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder text = new(64 * 1024);
    private readonly Stack<string> open = new();
    private int identifiers;

    /// <summary>Opens an element.</summary>
    public HtmlWriter Open(string name, params ReadOnlySpan<(string Key, string Value)> attributes)
    {
        WriteStart(name, attributes);
        text.Append('>');
        open.Push(name);
        return this;
    }

    /// <summary>Closes the element opened last; its name is given to be checked.</summary>
    /// <exception cref="InvalidOperationException">Another element was opened last.</exception>
    public HtmlWriter Close(string name)
    {
        if (open.Count == 0 || open.Pop() != name)
        {
            throw new InvalidOperationException($"</{name}> closes nothing");
        }

        text.Append("</").Append(name).Append('>');
        if (name is not ("text" or "span" or "abbr" or "title" or "desc" or "strong" or "code"))
        {
            text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes an element without content, such as <c>meta</c> or <c>rect</c>.</summary>
    public HtmlWriter Void(string name, params ReadOnlySpan<(string Key, string Value)> attributes)
    {
        WriteStart(name, attributes);
        text.Append("/>");
        return this;
    }

    /// <summary>Writes an element that holds a text.</summary>
    public HtmlWriter Element(
        string name, string content, params ReadOnlySpan<(string Key, string Value)> attributes) =>
        Open(name, attributes).Text(content).Close(name);

    /// <summary>Writes a text, escaped; characters that XML forbids become U+FFFD.</summary>
    public HtmlWriter Text(string content)
    {
        foreach (var letter in content)
        {
            _ = letter switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                < ' ' and not ('\n' or '\t') or '\uFFFE' or '\uFFFF' => text.Append('\uFFFD'),
                _ => text.Append(letter),
            };
        }

        return this;
    }

    /// <summary>Writes the style sheet, which is ours and holds nothing to escape.</summary>
    public HtmlWriter Style(string css)
    {
        text.Append("<style>\n").Append(css).Append("</style>\n");
        return this;
    }

    /// <summary>A new value for an <c>id</c>.</summary>
    public string NewIdentifier() =>
        string.Create(CultureInfo.InvariantCulture, $"i{++identifiers}");

    /// <summary>The document, after the doctype.</summary>
    /// <exception cref="InvalidOperationException">An element is still open.</exception>
    public string Finish() => open.Count == 0
        ? "<!DOCTYPE html>\n" + text
        : throw new InvalidOperationException($"<{open.Peek()}> is not closed");

    /// <summary>A coordinate or length, to a hundredth.</summary>
    public static string Length(double value) =>
        Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private void WriteStart(string name, ReadOnlySpan<(string Key, string Value)> attributes)
    {
        text.Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            text.Append(' ').Append(key).Append("=\"");
            Text(value);
            text.Append('"');
        }
    }
}
