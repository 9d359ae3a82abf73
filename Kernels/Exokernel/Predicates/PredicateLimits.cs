namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>The limits of a predicate, those of Xok.</summary>
internal static class PredicateLimits
{
    /// <summary>Frames that a predicate may look at.</summary>
    public const int Pages = 128;

    /// <summary>Bytes of its generated code.</summary>
    public const int CodeBytes = 4096;

    /// <summary>Compiled shapes that a kernel keeps; with one more it forgets them all.</summary>
    public const int KeptShapes = 1024;
}
