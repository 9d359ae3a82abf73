using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Disguise.House.Tests.Tree;

/// <summary>A text file of the checkout, named from the root with forward slashes.</summary>
internal sealed class SourceFile(string name, string text)
{
    private readonly Lazy<CompilationUnitSyntax> syntax = new(() => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(LanguageVersion.Latest), name).GetCompilationUnitRoot());

    /// <summary>Name from the root: <c>Actors/Time/Picoseconds.cs</c>.</summary>
    public string Name => name;

    /// <summary>Everything in the file.</summary>
    public string Text => text;

    /// <summary>Whether it is C#.</summary>
    public bool IsCSharp => name.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>The lines, without their ends.</summary>
    public string[] Lines => text.Split('\n');

    /// <summary>What the C# compiler reads, without any meaning attached.</summary>
    public CompilationUnitSyntax Syntax => syntax.Value;
}
