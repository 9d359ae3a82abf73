namespace Disguise.Host.Experiments.Expectations;

/// <summary>One side of an expectation: numbers and result paths, joined by + - * /.</summary>
internal abstract record Formula
{
    public abstract double Evaluate(Func<string, double> valueOf);
}

/// <summary>A number.</summary>
internal sealed record Constant(double Value) : Formula
{
    public override double Evaluate(Func<string, double> valueOf) => Value;
}

/// <summary>A path into the result.</summary>
internal sealed record ResultPath(string Path) : Formula
{
    public override double Evaluate(Func<string, double> valueOf) => valueOf(Path);
}

/// <summary>A sign before a formula.</summary>
internal sealed record Negation(Formula Inner) : Formula
{
    public override double Evaluate(Func<string, double> valueOf) => -Inner.Evaluate(valueOf);
}

/// <summary>Two formulas and an operator.</summary>
internal sealed record Operation(char Operator, Formula Left, Formula Right) : Formula
{
    public override double Evaluate(Func<string, double> valueOf)
    {
        var left = Left.Evaluate(valueOf);
        var right = Right.Evaluate(valueOf);
        return Operator switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            '/' => left / right,
            _ => throw new InvalidOperationException($"no operator {Operator}"),
        };
    }
}
