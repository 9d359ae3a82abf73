namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>One side of a comparison: a number, or a 32-bit word of physical memory.</summary>
/// <param name="IsWord">Whether it is a word of memory.</param>
/// <param name="Literal">The number, where it is not.</param>
/// <param name="Address">Physical address of the word, a multiple of four.</param>
/// <param name="Credential">
/// The slot of the environment's capability that lets it read the word's frame.
/// </param>
public readonly record struct PredicateOperand(
    bool IsWord, uint Literal, long Address, int Credential)
{
    /// <summary>Bytes of a word.</summary>
    public const int WordBytes = sizeof(uint);

    /// <summary>A number.</summary>
    public static PredicateOperand Number(uint literal) => new(false, literal, 0, 0);

    /// <summary>A word of memory, and the slot of the capability that opens it.</summary>
    public static PredicateOperand Word(long address, int credential) =>
        new(true, 0, address, credential);
}
