using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>What a predicate means, read term by term: the reference for its compiled form.
/// </summary>
internal static class PredicateInterpreter
{
    /// <summary>The number of the first product that holds; -1 where none does.</summary>
    public static int FirstTrue(WakeupPredicate predicate, PhysicalMemory memory)
    {
        for (var number = 0; number < predicate.Products.Length; number++)
        {
            if (Holds(predicate.Products[number], memory))
                return number;
        }

        return -1;
    }

    private static bool Holds(PredicateProduct product, PhysicalMemory memory)
    {
        foreach (var term in product.Terms)
        {
            if (!Holds(term.Operator, Value(term.Left, memory), Value(term.Right, memory)))
                return false;
        }

        return true;
    }

    private static uint Value(PredicateOperand operand, PhysicalMemory memory) =>
        operand.IsWord ? memory.ReadUInt32(operand.Address) : operand.Literal;

    private static bool Holds(PredicateOperator comparison, uint left, uint right) =>
        comparison switch
        {
            PredicateOperator.Above => left > right,
            PredicateOperator.AtLeast => left >= right,
            PredicateOperator.Below => left < right,
            PredicateOperator.AtMost => left <= right,
            PredicateOperator.Equal => left == right,
            PredicateOperator.Different => left != right,
            _ => throw new InvalidOperationException($"no comparison {comparison}"),
        };
}
