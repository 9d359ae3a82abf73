using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Disguise.Analyzers;

/// <summary>
/// Reports calls whose last bit depends on the platform and which the list of banned symbols does
/// not name: half precision, vectors, complex numbers, generic mathematics, and the estimates and
/// <c>Native</c> forms that follow the processor. Integers are exact and stay allowed.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PlatformMathematicsAnalyzer : DiagnosticAnalyzer
{
    // IEEE 754 demands the right rounding of + - * / and the square root, and of no function here.
    private static readonly HashSet<string> Inexact = new(
        ("Acos AcosPi Acosh Asin AsinPi Asinh Atan Atan2 Atan2Pi AtanPi Atanh Cbrt Cos CosPi Cosh "
        + "Exp Exp10 Exp10M1 Exp2 Exp2M1 ExpM1 Hypot Log Log10 Log10P1 Log2 Log2P1 LogP1 Pow RootN "
        + "Sin SinCos SinCosPi SinPi Sinh Tan TanPi Tanh").Split(' '),
        StringComparer.Ordinal);

    // Listed by name in BannedSymbols.txt; only their Native forms are left.
    private static readonly HashSet<string> Listed = new(
        ["System.Math", "System.MathF", "System.Double", "System.Single"],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Exact = new(
        ["System.Numerics.BitOperations", "System.Numerics.IBinaryInteger`1"],
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rule.PlatformMathematics];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(
            operation => Check(operation, ((IInvocationOperation)operation.Operation).TargetMethod),
            OperationKind.Invocation);
        context.RegisterOperationAction(
            operation => Check(operation, ((IMethodReferenceOperation)operation.Operation).Method),
            OperationKind.MethodReference);
    }

    private static void Check(OperationAnalysisContext context, IMethodSymbol method)
    {
        if (method.ContainingType is { } type && DependsOnPlatform(type, method.Name))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule.PlatformMathematics,
                context.Operation.Syntax.GetLocation(),
                type.Name + "." + method.Name));
        }
    }

    private static bool DependsOnPlatform(INamedTypeSymbol type, string method)
    {
        var name = type.OriginalDefinition.RuntimeName();
        var followsProcessor = method.EndsWith("Native", StringComparison.Ordinal)
            || method.EndsWith("Estimate", StringComparison.Ordinal);
        if (Listed.Contains(name))
        {
            return method.EndsWith("Native", StringComparison.Ordinal);
        }

        if (Exact.Contains(name) || (type.Name == "BigInteger" && method == "Pow"))
        {
            return false;
        }

        return IsMathematical(name) && (followsProcessor || Inexact.Contains(method));
    }

    private static bool IsMathematical(string type) =>
        type.StartsWith("System.Numerics.", StringComparison.Ordinal)
        || type.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal)
        || type is "System.Half" or "System.Runtime.InteropServices.NFloat";
}
