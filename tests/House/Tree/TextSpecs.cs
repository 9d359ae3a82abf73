using Xunit.Abstractions;

namespace Disguise.House.Tests.Tree;

public sealed class TextSpecs(ITestOutputHelper output)
{
    private const int LinesAtMost = 500;
    private const int MedianLinesAtMost = 140;
    private const int NinetiethPercentileLinesAtMost = 320;

    [Fact]
    public void Every_file_keeps_the_rules_of_text()
    {
        // Inputs in a folder Bad are broken on purpose.
        Found.Nothing(SourceTree.Files
            .Where(file => !file.Name.Contains("/Bad/", StringComparison.Ordinal))
            .SelectMany(TextRules.Broken));
    }

    [Theory]
    [InlineData("int a;", "A.cs: no newline at the end")]
    [InlineData("int a;\n\n", "A.cs: an empty line at the end")]
    [InlineData("int a;\r\n", "A.cs: carriage returns")]
    [InlineData("\tint a;\n", "A.cs:1: a tab")]
    [InlineData("int a;\nint b; \n", "A.cs:2: a space at the end")]
    [InlineData("// to" + "do: later\n", "A.cs:1: 'to" + "do' tells of unfinished work")]
    [InlineData("// fine for" + " now\n", "A.cs:1: 'for" + " now' tells of unfinished work")]
    [InlineData("var a = \"/wo" + "rk/b\";\n", "A.cs:1: a path of one machine")]
    public void A_broken_rule_of_text_is_found(string text, string expected)
    {
        Assert.Equal([expected], TextRules.Broken(new SourceFile("A.cs", text)));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void A_line_of_code_has_100_columns_at_most(int columns, int found)
    {
        var file = new SourceFile("A.cs", new string('a', columns) + "\n");

        Assert.Equal(found, TextRules.Broken(file).Count());
    }

    [Fact]
    public void No_code_file_is_longer_than_500_lines()
    {
        Found.Nothing(SourceTree.CSharp
            .Where(file => LinesOf(file) > LinesAtMost)
            .Select(file => $"{file.Name} has {LinesOf(file)} lines"));
    }

    [Fact]
    public void Code_files_are_short_as_a_rule()
    {
        var lengths = SourceTree.CSharp.Select(LinesOf).Order().ToArray();
        var median = lengths[lengths.Length / 2];
        var ninetiethPercentile = lengths[lengths.Length * 9 / 10];
        output.WriteLine(
            $"{lengths.Length} files: median {median} lines, 90th percentile "
            + $"{ninetiethPercentile}, longest {lengths[^1]}");

        Assert.InRange(median, 1, MedianLinesAtMost);
        Assert.InRange(ninetiethPercentile, 1, NinetiethPercentileLinesAtMost);
    }

    private static int LinesOf(SourceFile file) => file.Lines.Length - 1;
}
