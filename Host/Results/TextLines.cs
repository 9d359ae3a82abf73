namespace Disguise.Host.Results;

/// <summary>Fits text into lines and cells of a terminal.</summary>
internal static class TextLines
{
    /// <summary>Cuts a text to a width; an ellipsis stands for what is gone.</summary>
    public static string Fit(string text, int width) =>
        text.Length <= width ? text : text[..(width - 1)] + "…";

    /// <summary>Breaks a text at spaces, or within a word that is longer than a line.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var space = text.LastIndexOf(' ', width);
            var end = space > 0 ? space : width;
            yield return text[..end];
            text = text[end..].TrimStart();
        }

        yield return text;
    }
}
