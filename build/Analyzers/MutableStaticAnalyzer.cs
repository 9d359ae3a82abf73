using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Disguise.Analyzers;

/// <summary>
/// Reports static fields, properties and events that can change after their initialiser ran, and
/// whatever is one per thread.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MutableStaticAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rule.MutableStatic];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(CheckType, SymbolKind.NamedType);
    }

    private static void CheckType(SymbolAnalysisContext context)
    {
        foreach (var member in ((INamedTypeSymbol)context.Symbol).GetMembers())
        {
            // The compiler's own field behind a property is a member too, that of an event is not.
            var named = (member as IFieldSymbol)?.AssociatedSymbol ?? member;
            if (member.IsStatic && CanChange(member))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(Rule.MutableStatic, named.Locations[0], named.Name));
            }
        }
    }

    private static bool CanChange(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsConst && (!field.IsReadOnly || IsPerThread(field)),
        IEventSymbol { IsAbstract: false, AddMethod.IsImplicitlyDeclared: true } => true,
        _ => false,
    };

    private static bool IsPerThread(IFieldSymbol field) => field.GetAttributes().Any(
        attribute => attribute.AttributeClass?.ToDisplayString() == "System.ThreadStaticAttribute");
}
