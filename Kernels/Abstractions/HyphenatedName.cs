using System.Text;

namespace Disguise.Kernels.Abstractions;

/// <summary>Names of code as they stand in results and listings: <c>CreateCard</c> is
/// <c>create-card</c>.</summary>
public static class HyphenatedName
{
    /// <summary>A name, or several with commas between them.</summary>
    public static string Of(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name.Where(letter => letter != ' '))
        {
            if (char.IsUpper(letter) && words.Length > 0 && words[^1] != ',')
                words.Append('-');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
