using Microsoft.CodeAnalysis.Diagnostics;

namespace Disguise.House.Tests.Analyzers;

/// <summary>Runs one analyzer over the members of a class.</summary>
internal static class Reports
{
    /// <summary>
    /// What is reported, as <c>DSG002 text</c> with the text that is underlined, in order.
    /// </summary>
    public static string[] Of(DiagnosticAnalyzer analyzer, string members, string types = "")
    {
        var compilation = Compiled.Of($"class C {{ {members} }} {types}");
        return Compiled.Analyze(compilation, [analyzer])
            .Select(found => found.Id + " " + found.Location.SourceTree!
                .GetText().ToString(found.Location.SourceSpan))
            .ToArray();
    }
}
