using System.Text;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>
/// The code of predicates by shape: how many products and terms, which comparisons, words or
/// numbers. An environment that sleeps again and again for the next slot of a ring has its
/// predicate compiled once, and a thousand environments that do so share it.
/// </summary>
internal sealed class PredicateShapes
{
    private readonly Dictionary<string, PredicateCode> codes = new(StringComparer.Ordinal);

    /// <summary>Predicates that were compiled.</summary>
    public long Compiled { get; private set; }

    /// <summary>The code of a predicate.</summary>
    public PredicateCode CodeOf(WakeupPredicate predicate)
    {
        var shape = ShapeOf(predicate);
        if (codes.TryGetValue(shape, out var known))
            return known;
        if (codes.Count == PredicateLimits.KeptShapes)
            codes.Clear();
        var code = PredicateCompiler.Compile(predicate);
        codes.Add(shape, code);
        Compiled++;
        return code;
    }

    /// <summary>One letter a term, a dot behind each product.</summary>
    private static string ShapeOf(WakeupPredicate predicate)
    {
        var shape = new StringBuilder();
        foreach (var product in predicate.Products)
        {
            foreach (var (left, comparison, right) in product.Terms)
            {
                var sides = (left.IsWord ? 2 : 0) + (right.IsWord ? 1 : 0);
                shape.Append((char)('A' + ((int)comparison * 4) + sides));
            }

            shape.Append('.');
        }

        return shape.ToString();
    }
}
