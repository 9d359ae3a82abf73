namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>What an environment may look at.</summary>
internal interface IPredicateMemory
{
    /// <summary>
    /// Whether the capability in a slot of an environment, any number, lets it read the word at an
    /// address, by its frame or by a region in it.
    /// </summary>
    bool MayRead(int environment, int credential, long address);
}
