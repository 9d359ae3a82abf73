using System.Globalization;

namespace Disguise.Host.Experiments;

/// <summary>Which of n targets client i uses.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="ZipfExponent">Exponent of the Zipf distribution; zero for the other rules.</param>
public readonly record struct TargetChoice(TargetChoiceKind Kind, decimal ZipfExponent)
{
    /// <summary>Target i modulo n.</summary>
    public static TargetChoice Modulo => default;

    /// <summary>As in the file.</summary>
    public override string ToString() =>
        Kind switch
        {
            TargetChoiceKind.Uniform => "uniform",
            TargetChoiceKind.Zipf => "zipf " + ZipfExponent.ToString(CultureInfo.InvariantCulture),
            TargetChoiceKind.All => "all",
            _ => "modulo",
        };
}
