using Disguise.Kernels.Exokernel.Predicates;
using static Disguise.Kernels.Tests.Exokernel.Predicates.PredicateScene;

namespace Disguise.Kernels.Tests.Exokernel.Predicates;

/// <summary>An environment finds a word of another's memory by bisection, by what wakes it.
/// </summary>
public class PredicateAttackSpecs
{
    private const long Secret = 0x9000;

    [Fact]
    public void A_predicate_looks_at_no_memory_that_its_environment_may_not_read()
    {
        var scene = Victim(new PredicateScene());
        Assert.Null(Find(scene));
        Assert.Equal(
            PredicateRefusal.NotReadable,
            scene.Sleep(1, WakeupPredicate.Of(
                PredicateOperand.Word(0x4000, Slot + 1), PredicateOperator.Equal, Number(0))));
    }

    [Fact]
    public void Without_the_guard_of_memory_a_predicate_tells_what_stands_in_anothers() =>
        Assert.Equal(0xC0FFEE11, Find(Victim(new PredicateScene(PredicateGuards.Memory))));

    private static PredicateScene Victim(PredicateScene scene)
    {
        scene.Give(1, 4).Give(2, 9);
        scene.Memory.WriteUInt32(Secret, 0xC0FFEE11);
        return scene;
    }

    private static uint? Find(PredicateScene scene)
    {
        uint found = 0;
        for (var bit = 31; bit >= 0; bit--)
        {
            var guess = found | (1u << bit);
            var predicate =
                WakeupPredicate.Of(Word(Secret), PredicateOperator.AtLeast, Number(guess));
            if (scene.Sleep(1, predicate) != PredicateRefusal.None)
                return null;
            if (scene.IsDue(1))
                found = guess;
        }

        return found;
    }
}
