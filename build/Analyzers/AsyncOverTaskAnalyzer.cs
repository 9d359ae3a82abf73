using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Disguise.Analyzers;

/// <summary>
/// Reports async functions that do not return a task-like type of ours, and every wait for an
/// awaitable of the class library. Ours carries an <c>AsyncMethodBuilder</c> attribute and stands
/// outside <c>System</c>; it resumes from the event heap of the island.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncOverTaskAnalyzer : DiagnosticAnalyzer
{
    private const string BuilderAttribute =
        "System.Runtime.CompilerServices.AsyncMethodBuilderAttribute";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rule.AsyncOverTask];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(
            CheckFunction,
            SyntaxKind.MethodDeclaration,
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.SimpleLambdaExpression,
            SyntaxKind.ParenthesizedLambdaExpression,
            SyntaxKind.AnonymousMethodExpression);
        context.RegisterSyntaxNodeAction(CheckAwait, SyntaxKind.AwaitExpression);
        context.RegisterOperationAction(CheckLoop, OperationKind.Loop);
        context.RegisterOperationAction(
            CheckUsing, OperationKind.Using, OperationKind.UsingDeclaration);
    }

    private static void CheckFunction(SyntaxNodeAnalysisContext context)
    {
        var symbol = context.Node is AnonymousFunctionExpressionSyntax
            ? context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol
            : context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken);
        if (symbol is not IMethodSymbol { IsAsync: true } function || IsOurs(function.ReturnType))
        {
            return;
        }

        var (name, place) = context.Node switch
        {
            MethodDeclarationSyntax method => (method.Identifier.Text, method.Identifier),
            LocalFunctionStatementSyntax local => (local.Identifier.Text, local.Identifier),
            _ => ("async", ((AnonymousFunctionExpressionSyntax)context.Node).AsyncKeyword),
        };
        context.ReportDiagnostic(
            Diagnostic.Create(Rule.AsyncOverTask, place.GetLocation(), name));
    }

    private static bool IsOurs(ITypeSymbol type) =>
        !type.OriginalDefinition.IsOfClassLibrary()
        && type.OriginalDefinition.GetAttributes().Any(
            attribute => attribute.AttributeClass?.ToDisplayString() == BuilderAttribute);

    private static void CheckAwait(SyntaxNodeAnalysisContext context)
    {
        var expression = (AwaitExpressionSyntax)context.Node;
        var awaiter = context.SemanticModel.GetAwaitExpressionInfo(expression).GetAwaiterMethod;
        if (awaiter is null || awaiter.ReturnType.OriginalDefinition.IsOfClassLibrary())
        {
            Report(context.ReportDiagnostic, expression.AwaitKeyword);
        }
    }

    private static void CheckLoop(OperationAnalysisContext context)
    {
        if (context.Operation is IForEachLoopOperation { IsAsynchronous: true })
        {
            Report(context.ReportDiagnostic, context.Operation.Syntax.GetFirstToken());
        }
    }

    private static void CheckUsing(OperationAnalysisContext context)
    {
        if (context.Operation is IUsingOperation { IsAsynchronous: true }
            or IUsingDeclarationOperation { IsAsynchronous: true })
        {
            Report(context.ReportDiagnostic, context.Operation.Syntax.GetFirstToken());
        }
    }

    private static void Report(System.Action<Diagnostic> report, SyntaxToken place) =>
        report(Diagnostic.Create(Rule.AsyncOverTask, place.GetLocation(), "await"));
}
