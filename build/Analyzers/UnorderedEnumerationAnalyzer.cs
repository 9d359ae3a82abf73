using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Disguise.Analyzers;

/// <summary>
/// Reports every place where the order of an unordered collection could get out: a loop, a spread,
/// a copy, an enumerator taken by hand, and the widening to a plain sequence (which is how LINQ,
/// <c>AddRange</c>, <c>string.Join</c> and constructors of lists take it) unless the function that
/// receives it gives the same for every order.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnorderedEnumerationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rule.UnorderedEnumeration];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(CheckLoop, OperationKind.Loop);
        context.RegisterOperationAction(CheckSpread, OperationKind.Spread);
        context.RegisterOperationAction(CheckCall, OperationKind.Invocation);
        context.RegisterOperationAction(CheckWidening, OperationKind.Conversion);
        context.RegisterOperationAction(CheckView, OperationKind.PropertyReference);
    }

    private static void CheckLoop(OperationAnalysisContext context)
    {
        if (context.Operation is IForEachLoopOperation loop
            && UnorderedCollections.IsUnordered(loop.Collection))
        {
            Report(context, loop.Collection);
        }
    }

    private static void CheckSpread(OperationAnalysisContext context)
    {
        var operand = ((ISpreadOperation)context.Operation).Operand;
        if (UnorderedCollections.IsUnordered(operand))
        {
            Report(context, operand);
        }
    }

    private static void CheckCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is "GetEnumerator" or "CopyTo"
            && call.Instance is { } instance
            && UnorderedCollections.IsUnordered(instance))
        {
            Report(context, instance);
        }
    }

    private static void CheckWidening(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (IsSequence(conversion.Type)
            && UnorderedCollections.IsUnordered(conversion.Operand.Type)
            && !IsReportedElsewhere(conversion)
            && !GoesToIndifferentFunction(conversion))
        {
            Report(context, conversion.Operand);
        }
    }

    // Keys and values of an interface are a plain sequence from the start: nothing widens them.
    private static void CheckView(OperationAnalysisContext context)
    {
        var view = (IPropertyReferenceOperation)context.Operation;
        if (!UnorderedCollections.IsUnordered(view.Type)
            && UnorderedCollections.IsUnordered(view)
            && !IsReportedElsewhere(view)
            && !GoesToIndifferentFunction(view)
            && !IsAskedForMembership(view))
        {
            Report(context, view);
        }
    }

    private static bool IsSequence(ITypeSymbol? type) =>
        type?.OriginalDefinition.SpecialType is SpecialType.System_Collections_IEnumerable
            or SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_ICollection_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
        || (type is INamedTypeSymbol named
            && named.OriginalDefinition.RuntimeName() == "System.Collections.ICollection");

    private static bool IsReportedElsewhere(IOperation value)
    {
        var parent = Widest(value).Parent;
        return parent is IForEachLoopOperation or ISpreadOperation
            || (parent is IInvocationOperation { Instance: { } instance } call
                && call.TargetMethod.Name is "GetEnumerator" or "CopyTo"
                && UnorderedCollections.WithoutConversion(instance)
                    == UnorderedCollections.WithoutConversion(value));
    }

    private static bool GoesToIndifferentFunction(IOperation value) =>
        Widest(value).Parent is IArgumentOperation { Parent: { } receiver }
        && receiver switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        } is { } function
        && UnorderedCollections.IsIndifferentToOrder(function.ReducedFrom ?? function);

    // Counting keys or asking whether one is there tells nothing of their order.
    private static bool IsAskedForMembership(IOperation view) => Widest(view).Parent
        is IInvocationOperation { TargetMethod.Name: "Contains" }
        or IPropertyReferenceOperation { Property.Name: "Count" or "Length" };

    private static IOperation Widest(IOperation value)
    {
        while (value.Parent is IConversionOperation outer)
        {
            value = outer;
        }

        return value;
    }

    private static void Report(OperationAnalysisContext context, IOperation collection)
    {
        var inner = UnorderedCollections.WithoutConversion(collection);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule.UnorderedEnumeration, inner.Syntax.GetLocation(), inner.Syntax.ToString()));
    }
}
