namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>What an environment may look at.</summary>
internal interface IPredicateMemory
{
    /// <summary>
    /// Whether the capability in a slot of an environment, any number, lets it read a frame.
    /// </summary>
    bool MayRead(int environment, int credential, long frame);
}
