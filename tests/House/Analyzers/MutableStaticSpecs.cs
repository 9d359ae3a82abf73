using Disguise.Analyzers;

namespace Disguise.House.Tests.Analyzers;

public sealed class MutableStaticSpecs
{
    [Theory]
    [InlineData("static int value;", "value")]
    [InlineData("public static List<int> Items = new();", "Items")]
    [InlineData("static int Value { get; set; }", "Value")]
    [InlineData("public static int Value { get; private set; }", "Value")]
    [InlineData("static event Action Changed;", "Changed")]
    [InlineData("[ThreadStatic] static int value;", "value")]
    [InlineData("[ThreadStatic] static readonly int value;", "value")]
    [InlineData("static volatile int value;", "value")]
    public void Static_state_that_can_change_is_reported(string member, string place)
    {
        Assert.Equal(["DSG003 " + place], Reports.Of(new MutableStaticAnalyzer(), member));
    }

    [Theory]
    [InlineData("const int Value = 1;")]
    [InlineData("static readonly int[] Values = [1, 2];")]
    [InlineData("static int Value { get; } = 1;")]
    [InlineData("static int Value => 1;")]
    [InlineData("int value; static int M() => 1; static Func<int, int> F() => i => i + 1;")]
    [InlineData("enum Kind { One, Two }")]
    public void Constants_and_state_of_an_instance_are_allowed(string member)
    {
        Assert.Empty(Reports.Of(new MutableStaticAnalyzer(), member));
    }
}
