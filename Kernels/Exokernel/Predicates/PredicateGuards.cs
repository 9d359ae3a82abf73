using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>The guards of wakeup predicates.</summary>
public static class PredicateGuards
{
    /// <summary>
    /// Lets a predicate look at no word of memory that its environment has no capability for.
    /// Off, an environment finds out what stands in another's memory by what wakes it.
    /// </summary>
    public static readonly Guard Memory = new("predicate-memory");
}
