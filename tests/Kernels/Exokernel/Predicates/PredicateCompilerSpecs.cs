using CsCheck;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Predicates;

namespace Disguise.Kernels.Tests.Exokernel.Predicates;

public class PredicateCompilerSpecs
{
    private const int Words = 12;

    // Few values, so that comparisons hold often, and the ones at which signs would matter.
    private static readonly Gen<uint> SomeNumber =
        Gen.OneOf(
        Gen.Const(0u), Gen.Const(1u), Gen.Const(2u), Gen.Const(0x7FFF_FFFFu),
        Gen.Const(0x8000_0000u), Gen.Const(0xFFFF_FFFFu));

    private static readonly Gen<PredicateOperand> SomeOperand = Gen.OneOf(
        SomeNumber.Select(PredicateOperand.Number),
        Gen.Int[0, Words - 1].Select(word => PredicateScene.Word(0xFF8 + (word * 4L))));

    private static readonly Gen<PredicateTerm> SomeTerm = Gen.Select(
        SomeOperand, Gen.Int[0, 5], SomeOperand,
        (left, comparison, right) =>
            new PredicateTerm(left, (PredicateOperator)comparison, right));

    private static readonly Gen<WakeupPredicate> SomePredicate = Gen
        .Select(Gen.Int[0, 99], SomeTerm.Array[1, 4],
            (tag, terms) => new PredicateProduct(tag, [.. terms]))
        .Array[1, 5]
        .Select(products => new WakeupPredicate([.. products]));

    [Fact]
    public void Code_and_interpreter_agree_on_every_predicate_and_memory() => Gen
        .Select(SomePredicate, SomeNumber.Array[Words].Array[4])
        .Sample(
            (predicate, memories) =>
            {
                var scene = new PredicateScene().Give(1, 0, 1);
                foreach (var words in memories)
                {
                    for (var word = 0; word < Words; word++)
                        scene.Memory.WriteUInt32(0xFF8 + (word * 4L), words[word]);
                    Assert.Equal(PredicateRefusal.None, scene.Sleep(1, predicate));
                    var first = PredicateInterpreter.FirstTrue(predicate, scene.Memory);
                    Assert.Equal(first >= 0, scene.IsDue(1));
                    if (first >= 0)
                        Assert.Equal(predicate.Products[first].Tag, scene.Book.TagOf(1));
                }
            },
            iter: 2000);

    [Fact]
    public void Random_predicates_hold_often_enough_to_mean_something()
    {
        var holds = 0;
        Gen.Select(SomePredicate, SomeNumber.Array[Words]).Sample(
            (predicate, words) =>
            {
                var memory = new PhysicalMemory(1 << 20);
                for (var word = 0; word < Words; word++)
                    memory.WriteUInt32(0xFF8 + (word * 4L), words[word]);
                if (PredicateInterpreter.FirstTrue(predicate, memory) >= 0)
                    Interlocked.Increment(ref holds);
            },
            iter: 1000);
        Assert.InRange(holds, 200, 950);
    }

    [Theory]
    [InlineData(PredicateOperator.Above, false, false, true)]
    [InlineData(PredicateOperator.AtLeast, false, true, true)]
    [InlineData(PredicateOperator.Below, true, false, false)]
    [InlineData(PredicateOperator.AtMost, true, true, false)]
    [InlineData(PredicateOperator.Equal, false, true, false)]
    [InlineData(PredicateOperator.Different, true, false, true)]
    public void Comparisons_are_of_numbers_without_sign(
        PredicateOperator comparison, bool ofLess, bool ofSame, bool ofMore)
    {
        var memory = new PhysicalMemory(1 << 20);
        memory.WriteUInt32(0x4000, 0x8000_0000);
        Assert.Equal(ofLess, Holds(memory, comparison, 0x8000_0001));
        Assert.Equal(ofSame, Holds(memory, comparison, 0x8000_0000));
        Assert.Equal(ofMore, Holds(memory, comparison, 1));
    }

    private static bool Holds(PhysicalMemory memory, PredicateOperator comparison, uint number)
    {
        var predicate = WakeupPredicate.Of(
            PredicateScene.Word(0x4000), comparison, PredicateOperand.Number(number));
        var compiled = PredicateCompiler.Compile(predicate)(memory, [0x4000], [number]) == 0;
        Assert.Equal(PredicateInterpreter.FirstTrue(predicate, memory) == 0, compiled);
        return compiled;
    }
}
