using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Disguise.House.Tests.Analyzers;

/// <summary>Compiles snippets against everything that these tests are built against.</summary>
internal static class Compiled
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToArray();

    /// <summary>The list of banned symbols that the deterministic layers compile with.</summary>
    public static string BannedSymbolsPath { get; } = Checkout.PathOf("build/BannedSymbols.txt");

    /// <summary>The analyzers of the package that reads the list.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> BannedApi { get; } = LoadBannedApi();

    /// <summary>A compilation of one file per snippet, named by its index.</summary>
    public static CSharpCompilation Of(params string[] snippets) => CSharpCompilation.Create(
        "Snippets",
        [Parse(Usings, "usings"), .. snippets.Select((text, i) => Parse(text, i.ToString()))],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>
    /// What the analyzers report, in the order of the text. A snippet that does not compile is a
    /// mistake of the test.
    /// </summary>
    public static Diagnostic[] Analyze(
        CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var errors = compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToArray();
        Assert.True(errors.Length == 0, string.Join('\n', errors.AsEnumerable()));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([new ListFile(BannedSymbolsPath)]),
            onAnalyzerException: (thrown, _, _) => throw new InvalidOperationException("", thrown),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        return compilation.WithAnalyzers(analyzers, options)
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ToArray();
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(LanguageVersion.Latest), path);

    private static ImmutableArray<DiagnosticAnalyzer> LoadBannedApi()
    {
        var folder = typeof(Compiled).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "BannedApiAnalyzers").Value!;
        Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"));
        return Assembly
            .LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll"))
            .GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray();
    }

    private sealed class ListFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellation = default) =>
            SourceText.From(File.ReadAllText(path));
    }
}
