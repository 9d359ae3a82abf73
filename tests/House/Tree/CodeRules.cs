using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Disguise.House.Tests.Tree;

/// <summary>What holds for the shape of every C# file.</summary>
internal static class CodeRules
{
    /// <summary>The architectures, none of which knows another.</summary>
    public static readonly string[] Architectures =
        ["Arrakis", "Exokernel", "Microkernel", "Monolithic"];

    /// <summary>
    /// Public types beyond the one that a file may have; an enum and one static class of functions
    /// on it count as one.
    /// </summary>
    public static IEnumerable<string> SurplusTypes(SourceFile file)
    {
        var types = file.Syntax.DescendantNodes(node => node is not BaseTypeDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Where(node => node.Modifiers.Any(SyntaxKind.PublicKeyword))
            .ToArray();
        var isEnumWithFunctions = types.Length == 2
            && types.Count(type => type is EnumDeclarationSyntax) == 1
            && types.Count(type => type.Modifiers.Any(SyntaxKind.StaticKeyword)) == 1;
        return types.Length <= 1 || isEnumWithFunctions
            ? []
            : [$"{file.Name}: {types.Length} public types"];
    }

    /// <summary>A namespace other than the folders say, below the root of the project.</summary>
    public static IEnumerable<string> MisplacedNamespaces(
        SourceFile file, string projectFolder, string rootNamespace)
    {
        var folder = Path.GetDirectoryName(file.Name)!.Replace('\\', '/');
        var below = folder[projectFolder.Length..].Replace('/', '.');
        var expected = rootNamespace + below;
        return file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>()
            .Select(declared => declared.Name.ToString())
            .Where(declared => declared != expected)
            .Select(declared => $"{file.Name}: namespace {declared}, not {expected}");
    }

    /// <summary>Architectures that a file goes through and is no part of.</summary>
    public static IEnumerable<string> ForeignArchitectures(SourceFile file)
    {
        var home = file.Name.Split('/')[1];
        return QualifyingNames(file)
            .Intersect(Architectures)
            .Where(name => name != home)
            .Select(name => $"{file.Name}: refers to {name}");
    }

    /// <summary>Layers to the right of the file's own that it refers to.</summary>
    public static IEnumerable<string> HigherLayers(SourceFile file)
    {
        var own = Array.IndexOf(SourceTree.Layers, file.Name.Split('/')[0]);
        return file.Syntax.DescendantNodes()
            .Select(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax
                ? node.ToString().Replace("global::", "").Split('.', 3)
                : [])
            .Where(parts => parts is ["Disguise", _, ..])
            .Select(parts => parts[1])
            .Distinct()
            .Where(layer => Array.IndexOf(SourceTree.Layers, layer) > own)
            .Select(layer => $"{file.Name}: refers to {layer}");
    }

    // What stands before a dot, and every part of what a using directive opens.
    private static IEnumerable<string> QualifyingNames(SourceFile file) => file.Syntax
        .DescendantNodes()
        .SelectMany(node => node switch
        {
            UsingDirectiveSyntax opened => opened.NamespaceOrType.ToString().Split('.'),
            QualifiedNameSyntax name => name.Left.ToString().Split('.'),
            MemberAccessExpressionSyntax access => access.Expression.ToString().Split('.'),
            _ => Enumerable.Empty<string>(),
        })
        .Distinct();
}
