namespace Disguise.Host.Experiments;

/// <summary>Something a person should know before the run, for standard error.</summary>
/// <param name="Path">The key's path.</param>
/// <param name="File">The file, or the option, in which it stands.</param>
/// <param name="Line">The line, from 1; 0 for an option.</param>
/// <param name="Text">What to know.</param>
public sealed record Notice(string Path, string File, int Line, string Text)
{
    /// <summary>The line to print: <c>file:line: text</c>.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Text}" : $"{File}:{Line}: {Text}";
}
