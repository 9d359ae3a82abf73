namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>Why a predicate is not taken.</summary>
public enum PredicateRefusal : byte
{
    /// <summary>It is.</summary>
    None,

    /// <summary>It has no product, a product without terms, or no such comparison.</summary>
    Malformed,

    /// <summary>A word lies outside memory, or not at a multiple of four.</summary>
    BadAddress,

    /// <summary>The environment has no capability to read a word's frame.</summary>
    NotReadable,

    /// <summary>It looks at more frames than it may.</summary>
    TooManyPages,

    /// <summary>Its code would be longer than it may.</summary>
    TooLong,
}
