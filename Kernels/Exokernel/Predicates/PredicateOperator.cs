namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>How the sides of a term are compared, as numbers without sign.</summary>
public enum PredicateOperator : byte
{
    /// <summary>Left is above right.</summary>
    Above,

    /// <summary>Left is above right, or both are equal.</summary>
    AtLeast,

    /// <summary>Left is below right.</summary>
    Below,

    /// <summary>Left is below right, or both are equal.</summary>
    AtMost,

    /// <summary>Both are equal.</summary>
    Equal,

    /// <summary>The sides differ.</summary>
    Different,
}
