namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>One comparison of two sides.</summary>
public readonly record struct PredicateTerm(
    PredicateOperand Left, PredicateOperator Operator, PredicateOperand Right);
