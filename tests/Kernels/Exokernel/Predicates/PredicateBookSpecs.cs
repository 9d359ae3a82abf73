using Disguise.Kernels.Exokernel.Predicates;
using static Disguise.Kernels.Tests.Exokernel.Predicates.PredicateScene;

namespace Disguise.Kernels.Tests.Exokernel.Predicates;

public class PredicateBookSpecs
{
    [Fact]
    public void Who_waits_for_a_word_wakes_when_it_changes_and_learns_by_which_product()
    {
        var scene = new PredicateScene().Give(1, 4, 5);
        var predicate = new WakeupPredicate(
        [
            new(70, [new(Word(0x4000), PredicateOperator.Different, Number(0)),
                new(Word(0x4004), PredicateOperator.Above, Word(0x5000))]),
            new(71, [new(Word(0x5004), PredicateOperator.AtLeast, Number(9))]),
        ]);
        Assert.Equal(PredicateRefusal.None, scene.Sleep(1, predicate));

        scene.Memory.WriteUInt32(0x4000, 1);
        Assert.False(scene.IsDue(1));
        scene.Memory.WriteUInt32(0x5004, 9);
        Assert.True(scene.IsDue(1));
        Assert.Equal(71, scene.Book.TagOf(1));
        Assert.False(scene.IsDue(1));

        scene.Memory.WriteUInt32(0x4004, 0xFFFF_FFFF);
        scene.Sleep(1, predicate);
        Assert.True(scene.IsDue(1));
        Assert.Equal(70, scene.Book.TagOf(1));
    }

    [Fact]
    public void What_was_computed_is_counted_up_to_the_product_that_holds()
    {
        var scene = new PredicateScene().Give(1, 4);
        scene.Sleep(1, new WakeupPredicate(
        [
            new(0, [new(Word(0x4000), PredicateOperator.Equal, Number(1))]),
            new(1, [new(Word(0x4000), PredicateOperator.Equal, Number(2))]),
            new(2, [new(Word(0x4000), PredicateOperator.Equal, Number(3))]),
        ]));
        var products = 0;
        scene.Book.IsDue(1, ref products);
        Assert.Equal(3, products);
        scene.Memory.WriteUInt32(0x4000, 2);
        scene.Book.IsDue(1, ref products);
        Assert.Equal(5, products);
    }

    [Fact]
    public void Predicates_of_one_shape_are_compiled_once()
    {
        var scene = new PredicateScene().Give(1, 4).Give(2, 5);
        for (var turn = 0u; turn < 10; turn++)
        {
            scene.Sleep(1, WakeupPredicate.Of(
                Word(0x4000 + (4 * turn)), PredicateOperator.Equal, Number(turn)));
        }

        scene.Sleep(2, WakeupPredicate.Of(Word(0x5000), PredicateOperator.Equal, Number(7)));
        Assert.Equal(1, scene.Book.Compiled);
        scene.Sleep(2, WakeupPredicate.Of(Word(0x5000), PredicateOperator.Above, Number(7)));
        Assert.Equal(2, scene.Book.Compiled);
    }

    [Fact]
    public void It_may_look_at_128_pages_and_no_more()
    {
        var scene = new PredicateScene();
        for (var frame = 0; frame < 200; frame++)
            scene.Give(1, frame);
        Assert.Equal(PredicateRefusal.None, scene.Sleep(1, Spread(128)));
        Assert.Equal(128, scene.Book[1]!.Frames.Length);
        Assert.Equal(PredicateRefusal.TooManyPages, scene.Sleep(1, Spread(129)));

        static WakeupPredicate Spread(int pages) => new(
        [
            new(0, [.. Enumerable.Range(0, pages).Select(page => new PredicateTerm(
                Word(page * 4096), PredicateOperator.Equal, Number(1)))]),
        ]);
    }

    [Fact]
    public void Its_code_may_have_4096_bytes_and_no_more()
    {
        var scene = new PredicateScene().Give(1, 4);
        // Four bytes are the ends; a term of a word and a number has 17, 19 or 25, as it is far
        // behind.
        var longest = Of(195);
        Assert.Equal(4 + (9 * 17) + (119 * 19) + (67 * 25), PredicateCompiler.CodeBytes(longest));
        Assert.Equal(PredicateRefusal.None, scene.Sleep(1, longest));
        Assert.Equal(PredicateRefusal.TooLong, scene.Sleep(1, Of(196)));

        static WakeupPredicate Of(int terms) => new(
        [
            new(0, [.. Enumerable.Repeat(
                new PredicateTerm(Word(0x4000), PredicateOperator.Equal, Number(1)), terms)]),
        ]);
    }

    [Fact]
    public void What_is_no_predicate_is_refused()
    {
        var scene = new PredicateScene().Give(1, 4, 255);
        Assert.Equal(PredicateRefusal.Malformed, scene.Sleep(1, new WakeupPredicate([])));
        Assert.Equal(PredicateRefusal.Malformed, scene.Sleep(1, new WakeupPredicate(default)));
        Assert.Equal(
            PredicateRefusal.Malformed, scene.Sleep(1, new WakeupPredicate([new(0, [])])));
        Assert.Equal(
            PredicateRefusal.Malformed,
            scene.Sleep(1, WakeupPredicate.Of(Number(1), (PredicateOperator)6, Number(1))));
        foreach (var address in new[] { 0x4002, 0x10_0000, -4, long.MaxValue - 3, long.MinValue })
        {
            Assert.Equal(
                PredicateRefusal.BadAddress,
                scene.Sleep(1, WakeupPredicate.Of(
                    Number(1), PredicateOperator.Equal, Word(address))));
        }

        Assert.Equal(
            PredicateRefusal.None,
            scene.Sleep(1, WakeupPredicate.Of(
                Number(1), PredicateOperator.Equal, Word(0xF_FFFC))));
    }

    [Fact]
    public void Who_looks_at_a_frame_that_changes_hands_wakes_and_looks_no_more()
    {
        var scene = new PredicateScene().Give(1, 4).Give(2, 4, 5).Give(3, 5);
        scene.Sleep(2, WakeupPredicate.Of(Word(0x4000), PredicateOperator.Below, Word(0x5000)));
        scene.Sleep(1, WakeupPredicate.Of(Word(0x4000), PredicateOperator.Equal, Number(1)));
        scene.Sleep(3, WakeupPredicate.Of(Word(0x5000), PredicateOperator.Equal, Number(1)));
        var dropped = new List<(int Environment, DownloadedPredicate Predicate)>();
        scene.Book.Break(4, dropped);

        Assert.Equal([1, 2], dropped.Select(one => one.Environment));
        Assert.Equal(PredicateBook.BrokenTag, scene.Book.TagOf(2));
        Assert.Null(scene.Book[1]);
        Assert.True(scene.IsDue(1));
        Assert.True(scene.IsDue(2));
        Assert.False(scene.IsDue(3));
        scene.Book.Forget(1);
        Assert.False(scene.IsDue(1));
        scene.Memory.WriteUInt32(0x5000, 1);
        Assert.True(scene.IsDue(3));
    }
}
