using Microsoft.CodeAnalysis;

namespace Disguise.House.Tests.Analyzers;

/// <summary>Writes C# that uses one banned symbol, whatever kind of symbol it is.</summary>
internal static class BannedSymbolUse
{
    /// <summary>A class that uses the symbol once.</summary>
    public static string Of(ISymbol symbol, int number) => symbol switch
    {
        INamedTypeSymbol type => InClass(number, $"_ = typeof({OpenName(type)})"),
        IPropertySymbol property =>
            InClass(number, $"_ = {Receiver(property)}.{property.Name}"),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor =>
            InClass(number, $"_ = new {Name(constructor.ContainingType)}{Values(constructor)}"),
        IMethodSymbol { DeclaredAccessibility: Accessibility.Public } method =>
            InClass(number, $"{Receiver(method)}.{Call(method)}"),
        IMethodSymbol method => InClass(number, Call(method), Name(method.ContainingType)),
        _ => throw new InvalidOperationException($"a banned {symbol.Kind} is not expected"),
    };

    private static string InClass(int number, string statement, string? parent = null) =>
        $"abstract class Use{number}{(parent is null ? "" : " : " + parent)} "
        + $"{{ unsafe void M() {{ {statement}; }} }}";

    private static string Receiver(ISymbol member) => member.IsStatic
        ? Name(member.ContainingType)
        : $"default({Name(member.ContainingType)})";

    private static string Call(IMethodSymbol method)
    {
        var types = method.TypeParameters.Length == 0
            ? ""
            : "<" + string.Join(", ", method.TypeParameters.Select(_ => "object")) + ">";
        return method.Name + types + Values(method.TypeParameters.Length == 0
            ? method
            : method.Construct([.. method.TypeParameters.Select(_ => Object(method))]));
    }

    private static ITypeSymbol Object(IMethodSymbol method)
    {
        ITypeSymbol type = method.ContainingType;
        while (type.BaseType is not null)
        {
            type = type.BaseType;
        }

        return type;
    }

    // Defaults that carry their type choose exactly one overload.
    private static string Values(IMethodSymbol method) =>
        "(" + string.Join(", ", method.Parameters.Select(p => $"default({Name(p.Type)})")) + ")";

    private static string Name(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static string OpenName(INamedTypeSymbol type) =>
        Name(type.IsGenericType ? type.ConstructUnboundGenericType() : type);
}
