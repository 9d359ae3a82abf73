using Microsoft.CodeAnalysis;

namespace Disguise.Analyzers;

/// <summary>The rules for deterministic layers that no list of banned symbols can state.</summary>
public static class Rule
{
    /// <summary>Continuations of a task run on whatever thread the pool has free.</summary>
    public static readonly DiagnosticDescriptor AsyncOverTask = Define(
        "DSG001",
        "Async over a task of the class library",
        "'{0}' suspends on a task of the class library; return and await a task-like type of ours");

    /// <summary>The order of a hashed collection differs from process to process.</summary>
    public static readonly DiagnosticDescriptor UnorderedEnumeration = Define(
        "DSG002",
        "Enumeration of an unordered collection",
        "'{0}' has no fixed order; keep a list beside it, sort it with Order(), or use a sorted "
            + "collection");

    /// <summary>Static state is shared by all islands, whatever thread each runs on.</summary>
    public static readonly DiagnosticDescriptor MutableStatic = Define(
        "DSG003",
        "Mutable static state",
        "'{0}' is static and can change; islands share nothing but wires: move it into an actor");

    /// <summary>Such results depend on the processor or on the platform's C library.</summary>
    public static readonly DiagnosticDescriptor PlatformMathematics = Define(
        "DSG004",
        "Mathematics that rounds differently from platform to platform",
        "'{0}' rounds differently from platform to platform; only + - * / and comparisons do not");

    private static DiagnosticDescriptor Define(string id, string title, string message) => new(
        id, title, message, "Determinism", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
