namespace Disguise.Host.Validation;

/// <summary>What came out for a row.</summary>
public enum RowVerdict
{
    /// <summary>An input: shown, not judged.</summary>
    Input,

    /// <summary>Within its tolerance of what the paper prints.</summary>
    Met,

    /// <summary>Beyond its tolerance.</summary>
    Unmet,

    /// <summary>A value for which the paper prints none.</summary>
    Predicted,

    /// <summary>An inequality for which the paper prints no value, and it does not hold.</summary>
    Fails,

    /// <summary>Nothing in this program could give a value.</summary>
    NotModelled,

    /// <summary>Its run was interrupted, or gave no value.</summary>
    NotMeasured,
}
