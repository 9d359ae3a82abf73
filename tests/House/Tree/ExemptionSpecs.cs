using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Disguise.House.Tests.Tree;

public sealed class ExemptionSpecs
{
    // Each place where a rule is off: the file, the rule, and why the rule does not apply there.
    private static readonly (string File, string Rule, string Why)[] Granted =
    [
        ("Actors/Islands/SpinBarrier.cs", "RS0030",
            "a worker that waits long yields its core; no island runs while it waits"),
        ("Actors/Islands/Windows.cs", "RS0030",
            "the runtime starts its fixed workers; islands run on them and start none"),
    ];

    [Fact]
    public void A_rule_is_off_only_where_it_was_granted()
    {
        var found = SourceTree.CSharp
            .SelectMany(file => Exemptions(file).Select(rule => (file.Name, rule)))
            .ToArray();

        Assert.Equal(Granted.Select(granted => (granted.File, granted.Rule)), found);
    }

    [Fact]
    public void Every_exemption_ends_in_its_file()
    {
        Found.Nothing(SourceTree.CSharp
            .Where(file => Pragmas(file, SyntaxKind.DisableKeyword).Count()
                != Pragmas(file, SyntaxKind.RestoreKeyword).Count())
            .Select(file => file.Name));
    }

    [Theory]
    [InlineData("#pragma warning disable RS0030\nclass A { }", "RS0030")]
    [InlineData("#pragma warning disable\nclass A { }", "everything")]
    [InlineData("#nullable disable\nclass A { }", "nullable")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\")] class A { }",
        "SuppressMessage")]
    public void An_exemption_is_found(string text, string rule)
    {
        Assert.Equal([rule], Exemptions(new SourceFile("A.cs", text)));
    }

    [Fact]
    public void No_build_file_switches_a_rule_of_determinism_off()
    {
        string[] rules = ["RS0030", "RS0031", "CS1591", "DSG0"];
        Found.Nothing(SourceTree.Files
            .Where(file => !file.IsCSharp && Path.GetExtension(file.Name) != ".md")
            .SelectMany(file => file.Lines.Select(line => (file.Name, Line: line)))
            .Where(place => rules.Any(place.Line.Contains)
                && (place.Line.Contains("NoWarn", StringComparison.OrdinalIgnoreCase)
                    || place.Line.Contains("NotAsErrors", StringComparison.Ordinal)
                    || (place.Line.Contains("severity", StringComparison.Ordinal)
                        && !place.Line.EndsWith("= error", StringComparison.Ordinal))))
            .Select(place => $"{place.Name}: {place.Line}"));
    }

    private static IEnumerable<string> Exemptions(SourceFile file)
    {
        var pragmas = Pragmas(file, SyntaxKind.DisableKeyword).SelectMany(pragma =>
            pragma.ErrorCodes.Count == 0
                ? ["everything"]
                : pragma.ErrorCodes.Select(code => code.ToString()));
        var nullable = Directives<NullableDirectiveTriviaSyntax>(file)
            .Where(directive => directive.SettingToken.IsKind(SyntaxKind.DisableKeyword))
            .Select(_ => "nullable");
        var attributes = file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            .Select(attribute => attribute.Name.ToString().Split('.')[^1])
            .Where(name => name.Contains("SuppressMessage", StringComparison.Ordinal));
        return pragmas.Concat(nullable).Concat(attributes);
    }

    private static IEnumerable<PragmaWarningDirectiveTriviaSyntax> Pragmas(
        SourceFile file, SyntaxKind kind) =>
        Directives<PragmaWarningDirectiveTriviaSyntax>(file)
            .Where(pragma => pragma.DisableOrRestoreKeyword.IsKind(kind));

    private static IEnumerable<T> Directives<T>(SourceFile file)
        where T : DirectiveTriviaSyntax
    {
        for (var next = file.Syntax.GetFirstDirective(); next is not null;)
        {
            if (next is T directive)
            {
                yield return directive;
            }

            next = next.GetNextDirective();
        }
    }
}
