using System.Reflection;
using System.Text.RegularExpressions;
using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>No guard of the Exokernel stands without an attack that it stops.</summary>
public sealed class GuardSpecs
{
    public static TheoryData<string> Guards =>
        [.. Fields.Select(one => ((Guard)one.GetValue(null)!).Name)];

    private static IEnumerable<FieldInfo> Fields => typeof(KernelGuards).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(
            typeof(KernelGuards).Namespace!, StringComparison.Ordinal) == true)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Where(one => one.FieldType == typeof(Guard))
        .OrderBy(one => one.Name, StringComparer.Ordinal);

    [Fact]
    public void No_two_guards_have_one_name() =>
        Assert.Distinct(Fields.Select(one => ((Guard)one.GetValue(null)!).Name));

    [Theory]
    [MemberData(nameof(Guards))]
    public void Each_guard_is_off_in_the_twin_of_an_attack(string name)
    {
        var guard = Fields.Single(one => ((Guard)one.GetValue(null)!).Name == name);
        var call = $"{guard.DeclaringType!.Name}.{guard.Name}";
        var names = $"using {guard.DeclaringType.Namespace};";
        var specs = Directory
            .EnumerateFiles(TestsFolder(), "*Specs.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(text => text.Contains(names, StringComparison.Ordinal));

        Assert.True(
            specs.Any(text => IsSwitchedOff(text, call)), $"no attack is tried with {name} off");
    }

    [Theory]
    [InlineData("    [Fact]\n    public void A()\n    {\n        Try(1, G.One);\n    }\n", true)]
    [InlineData("    [Fact]\n    public void A() =>\n        Try(guardsOff: G.One);\n", true)]
    [InlineData("    private int A(bool is) => B(is ? Guards.All : Guards.AllBut(G.One));\n", true)]
    [InlineData("    [Fact]\n    public void A()\n    {\n        // Not (G.One)\n    }\n", false)]
    [InlineData("    [Fact]\n    public void A()\n    {\n        Is(G.One.Name);\n    }\n", false)]
    [InlineData("    private int A() => Try(G.One);\n", false)]
    [InlineData("    private Row[] All = [new(\"a\", G.One, 1)];\n", false)]
    public void A_guard_is_off_only_where_a_test_hands_it_on(string text, bool isOff) =>
        Assert.Equal(isOff, IsSwitchedOff(text, "G.One"));

    /// <summary>
    /// Whether a test hands a guard on to what it makes, by itself as the last argument or as all
    /// guards but this one; or a table does whose every row is tried without its guard.
    /// </summary>
    private static bool IsSwitchedOff(string text, string call)
    {
        var code = Regex.Replace(text, "//[^\n]*", "");
        var guard = Regex.Escape(call);
        return Regex.IsMatch(code, $@"Guards\.AllBut\({guard}\)")
            || (code.Contains("Guards.AllBut(attack.Guard)", StringComparison.Ordinal)
                && Regex.IsMatch(code, $@"new\(\s*""[^""]*"", {guard},"))
            || TestsOf(code).Any(test =>
                Regex.IsMatch(test, $@"\w\((?:[^;{{}}]*[\s,(])?{guard}\)"));
    }

    /// <summary>The texts of tests, each from its attribute to its end.</summary>
    private static IEnumerable<string> TestsOf(string code) =>
        Regex.Matches(
            code, @"^    \[(?:Fact|Theory)\].*?(?:^    \}|;$\s*?(?=^$|\z|^\}))",
            RegexOptions.Singleline | RegexOptions.Multiline).Select(match => match.Value);

    private static string TestsFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests");
    }
}
