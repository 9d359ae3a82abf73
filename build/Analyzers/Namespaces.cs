using Microsoft.CodeAnalysis;

namespace Disguise.Analyzers;

/// <summary>Questions about where a symbol was declared.</summary>
internal static class Namespaces
{
    /// <summary>Whether the symbol stands in the class library's <c>System</c> or below.</summary>
    public static bool IsOfClassLibrary(this ISymbol symbol)
    {
        var name = symbol.ContainingNamespace.NameOf();
        return name == "System" || name.StartsWith("System.", System.StringComparison.Ordinal);
    }

    /// <summary>Full name of a namespace, empty for the global one.</summary>
    public static string NameOf(this INamespaceSymbol? symbol) =>
        symbol is null || symbol.IsGlobalNamespace ? "" : symbol.ToDisplayString();

    /// <summary>
    /// Name as the runtime knows it, with arity and nesting: <c>System.Action`1</c>.
    /// </summary>
    public static string RuntimeName(this INamedTypeSymbol type) => type.ContainingType is { } outer
        ? outer.RuntimeName() + "+" + type.MetadataName
        : type.ContainingNamespace.NameOf() + "." + type.MetadataName;
}
