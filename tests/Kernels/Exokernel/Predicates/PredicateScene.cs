using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Predicates;

namespace Disguise.Kernels.Tests.Exokernel.Predicates;

/// <summary>
/// Physical memory of which each environment may read the frames that it was given, with the
/// capability in slot 3.
/// </summary>
internal sealed class PredicateScene : IPredicateMemory
{
    public const int Slot = 3;

    private readonly HashSet<(int Environment, long Frame)> readable = [];

    public PredicateScene(params Guard[] guardsOff)
    {
        Memory = new PhysicalMemory(1 << 20);
        Book = new PredicateBook(Memory, this, 16, Guards.AllBut(guardsOff));
    }

    public PhysicalMemory Memory { get; }

    public PredicateBook Book { get; }

    public PredicateScene Give(int environment, params long[] frames)
    {
        foreach (var frame in frames)
            readable.Add((environment, frame));
        return this;
    }

    public bool MayRead(int environment, int credential, long address) =>
        credential == Slot && readable.Contains((environment, Frame.NumberOf(address)));

    public static PredicateOperand Word(long address) => PredicateOperand.Word(address, Slot);

    public static PredicateOperand Number(uint literal) => PredicateOperand.Number(literal);

    public PredicateRefusal Sleep(int environment, WakeupPredicate predicate)
    {
        var refusal = Book.Check(environment, predicate);
        if (refusal == PredicateRefusal.None)
            Book.Download(environment, predicate);
        return refusal;
    }

    public bool IsDue(int environment)
    {
        var products = 0;
        return Book.IsDue(environment, ref products);
    }
}
