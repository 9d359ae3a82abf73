using System.Collections.Immutable;
using Disguise.Actors.Crossings;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>
/// What an environment sleeps for: a sum of products of comparisons. The first product that holds
/// wakes it (Kaashoek et al., SOSP 1997, section 5.1; Xok, sys/xok/wk.h).
/// </summary>
public sealed record WakeupPredicate(ImmutableArray<PredicateProduct> Products)
{
    /// <summary>A digest of what it says.</summary>
    public ulong ContentDigest
    {
        get
        {
            var digest = Digest.Of((ulong)Products.Length);
            foreach (var product in Products)
            {
                digest = Digest.Of(digest, (ulong)product.Tag, (ulong)product.Terms.Length);
                foreach (var (left, comparison, right) in product.Terms)
                {
                    digest = Digest.Of(digest, (ulong)comparison);
                    digest = Add(Add(digest, left), right);
                }
            }

            return digest;
        }
    }

    /// <summary>The predicate of one product with one term.</summary>
    public static WakeupPredicate Of(
        PredicateOperand left, PredicateOperator comparison, PredicateOperand right,
        int tag = 0) =>
        new([new PredicateProduct(tag, [new PredicateTerm(left, comparison, right)])]);

    private static ulong Add(ulong digest, PredicateOperand operand) => operand.IsWord
        ? Digest.Of(digest, (ulong)operand.Address, (ulong)operand.Credential)
        : Digest.Of(digest, operand.Literal);
}
