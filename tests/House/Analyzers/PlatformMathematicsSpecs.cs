using Disguise.Analyzers;

namespace Disguise.House.Tests.Analyzers;

public sealed class PlatformMathematicsSpecs
{
    private const string Usings = "System.Numerics.";

    [Theory]
    [InlineData("Half M(Half h) => Half.Exp(h);", "Half.Exp(h)")]
    [InlineData("Half M(Half h) => Half.ReciprocalEstimate(h);", "Half.ReciprocalEstimate(h)")]
    [InlineData(
        "T M<T>(T t) where T : System.Numerics.ILogarithmicFunctions<T> => T.Log(t);",
        "T.Log(t)")]
    [InlineData(
        "T M<T>(T t) where T : System.Numerics.IFloatingPointIeee754<T> => T.Sin(t);",
        "T.Sin(t)")]
    [InlineData(
        "object M(System.Numerics.Complex c) => System.Numerics.Complex.Pow(c, 2);",
        Usings + "Complex.Pow(c, 2)")]
    [InlineData(
        "object M(System.Numerics.BigInteger i) => System.Numerics.BigInteger.Log(i);",
        Usings + "BigInteger.Log(i)")]
    [InlineData("double M(double d) => double.MaxNative(d, 1);", "double.MaxNative(d, 1)")]
    [InlineData("int M(float f) => float.ConvertToIntegerNative<int>(f);",
        "float.ConvertToIntegerNative<int>(f)")]
    [InlineData("Func<Half, Half> M() => Half.Cos;", "Half.Cos")]
    public void Mathematics_that_follows_the_platform_is_reported(string member, string place)
    {
        Assert.Equal(["DSG004 " + place], Reports.Of(new PlatformMathematicsAnalyzer(), member));
    }

    [Theory]
    [InlineData("double M(double d) => Math.Sqrt(d) * Math.Max(d, 1) + Math.Round(d);")]
    [InlineData("int M(uint u) => System.Numerics.BitOperations.Log2(u) + int.Log2(3);")]
    [InlineData("object M(System.Numerics.BigInteger i) => System.Numerics.BigInteger.Pow(i, 3);")]
    [InlineData("T M<T>(T t) where T : System.Numerics.IRootFunctions<T> => T.Sqrt(t) + t;")]
    [InlineData("double Log(double d) => d; double M() => Log(2);")]
    public void Exact_mathematics_is_allowed(string member)
    {
        Assert.Empty(Reports.Of(new PlatformMathematicsAnalyzer(), member));
    }
}
