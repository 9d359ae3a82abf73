using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>
/// A compiled predicate. Predicates that differ in addresses and numbers only share one.
/// </summary>
/// <param name="memory">Physical memory.</param>
/// <param name="addresses">Of the words, in the order in which terms name them.</param>
/// <param name="literals">Of the numbers, in that order.</param>
/// <returns>The number of the first product that holds; -1 where none does.</returns>
internal delegate int PredicateCode(PhysicalMemory memory, long[] addresses, uint[] literals);
