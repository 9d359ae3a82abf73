using System.Collections.Immutable;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>Terms that must all hold, and the tag by which the environment learns that they did.
/// </summary>
public sealed record PredicateProduct(int Tag, ImmutableArray<PredicateTerm> Terms);
