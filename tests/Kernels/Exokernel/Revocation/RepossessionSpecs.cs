using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Tests.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.Revocation;

public sealed class RepossessionSpecs
{
    private const int Alice = 0;
    private const int Bob = 1;

    private readonly TranslationScene scene = new(Guards.All);
    private readonly RepossessionVector vector = new(3);

    [Fact]
    public void What_is_taken_is_entered_and_its_bindings_are_broken()
    {
        long[] frames = [.. Enumerable.Range(0, 7).Select(_ => scene.Take(Alice))];
        for (int at = 0; at < frames.Length; at++)
            scene.TryBind(Alice, 20 + at, frames[at], TranslationScene.Write);
        vector.Load(900);
        var taken = new List<RepossessedFrame>();
        var broken = new List<Binding>();
        scene.Revocation.Repossess(Alice, 2, vector, 77, taken, broken);
        Assert.Equal(
            [new RepossessedFrame(frames[6], 900), new RepossessedFrame(frames[5], -1)], taken);
        Assert.Equal([26L, 25L], broken.Select(binding => binding.VirtualPage));
        broken.ForEach(binding => scene.Forget(binding));
        Assert.Empty(scene.Ways(Alice, 26));
        Assert.NotEmpty(scene.Ways(Alice, 24));
        Assert.True(vector.TryRead(out Repossession entry));
        Assert.Equal(
            new Repossession(RevocableResource.Memory, frames[6], 900, 77), entry);
        Assert.True(vector.TryRead(out entry));
        Assert.Equal(Repossession.NoBacking, entry.Backing);
        Assert.False(vector.TryRead(out _));
    }

    [Fact]
    public void Force_stops_at_the_guarantee()
    {
        long[] frames = [.. Enumerable.Range(0, 6).Select(_ => scene.Take(Alice))];
        scene.Book.Reserve(frames[5]);
        scene.Book.Reserve(frames[0]);
        var taken = new List<RepossessedFrame>();
        scene.Revocation.Repossess(Alice, 16, vector, 0, taken, []);
        Assert.Equal([frames[4], frames[3]], taken.Select(one => one.Frame));
        Assert.Equal(
            TranslationScene.Guaranteed,
            scene.Book.HoldingsOf(Alice).Owned - scene.Book.HoldingsOf(Alice).Tables);
    }

    [Fact]
    public void A_full_vector_counts_what_it_cannot_hold_and_uses_no_backing_for_it()
    {
        for (long backing = 0; backing < 3; backing++)
            vector.Load(backing);
        Assert.Equal(ExokernelRefusal.RepossessionVectorFull, vector.CheckLoad(3));
        Assert.Equal(ExokernelRefusal.BadAnswer, vector.CheckLoad(2));
        Assert.Equal(ExokernelRefusal.BadAnswer, vector.CheckLoad(-1));
        Assert.Equal(-1, vector.Enter(RevocableResource.Processor, 5, 0));
        Assert.Equal(0, vector.Enter(RevocableResource.Memory, 6, 0));
        Assert.Equal(1, vector.Enter(RevocableResource.Memory, 7, 0));
        Assert.Equal(-1, vector.Enter(RevocableResource.Memory, 8, 0));
        Assert.Equal((3, 1L, 1), (vector.Count, vector.LostCount, vector.BackingCount));
        Assert.True(vector.TryRead(out _));
        Assert.Equal(2, vector.Enter(RevocableResource.Memory, 9, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_with_anothers_page_is_refused(bool isGuarded)
    {
        var world = new TranslationScene(
            isGuarded ? Guards.All : Guards.AllBut(KernelGuards.ReturnedFrames));
        long mine = world.Take(Alice);
        long others = world.Take(Bob);
        world.TryBind(Bob, 20, others, TranslationScene.Write);
        Assert.Equal(ExokernelRefusal.None, world.Revocation.CheckReturn(Alice, [mine]));
        Assert.Equal(
            ExokernelRefusal.BadAnswer, world.Revocation.CheckReturn(Alice, [mine, mine]));
        ExokernelRefusal refusal = world.Revocation.CheckReturn(Alice, [mine, others]);
        Assert.Equal(isGuarded ? ExokernelRefusal.NotTheOwner : ExokernelRefusal.None, refusal);
        if (refusal == ExokernelRefusal.None)
            world.Free(mine, others);
        Assert.Equal(isGuarded, world.Ways(Bob, 20).Any());
        Assert.Equal(isGuarded ? Bob : -1, world.Book.OwnerOf(others));
    }

    [Fact]
    public void What_was_saved_is_read_back_by_who_has_the_place()
    {
        var store = new SwapStore(new SwapOptions
        {
            Pages = 3,
            PagesPerEnvironment = 2,
            WritePs = 10,
            ReadPs = 7,
        });
        long frame = scene.Take(Alice);
        scene.Memory.WriteUInt64(Frame.AddressOf(frame) + 8, 4711);
        Assert.Equal(ExokernelRefusal.None, store.CheckTake(Alice, out long place));
        store.Take(Alice, place);
        Assert.Equal(110, store.Write(scene.Memory, frame, place, 100));
        Assert.Equal(120, store.Write(scene.Memory, frame, place, 105));
        scene.Free(frame);
        Assert.Equal(0UL, scene.Memory.ReadUInt64(Frame.AddressOf(frame) + 8));
        Assert.Equal(ExokernelRefusal.NotTheOwner, store.CheckOwner(Bob, place));
        Assert.Equal(ExokernelRefusal.NoSuchPlace, store.CheckOwner(Alice, 2));
        Assert.Equal(ExokernelRefusal.NoSuchPlace, store.CheckOwner(Alice, -1));
        Assert.Equal(ExokernelRefusal.None, store.CheckOwner(Alice, place));
        long other = scene.Take(Alice);
        Assert.Equal(207, store.Read(scene.Memory, place, other, 200));
        Assert.Equal(4711UL, scene.Memory.ReadUInt64(Frame.AddressOf(other) + 8));
    }

    [Fact]
    public void A_swap_store_has_room_for_so_much()
    {
        var store = new SwapStore(new SwapOptions { Pages = 3, PagesPerEnvironment = 2 });
        foreach (int environment in (int[])[Alice, Alice, Bob])
        {
            Assert.Equal(ExokernelRefusal.None, store.CheckTake(environment, out long place));
            store.Take(environment, place);
        }

        Assert.Equal(ExokernelRefusal.SwapIsFull, store.CheckTake(Bob, out _));
        store.Free(1);
        Assert.Equal(ExokernelRefusal.None, store.CheckTake(Bob, out long next));
        Assert.Equal(1, next);
        store.Take(Bob, next);
        store.Free(0);
        Assert.Equal(ExokernelRefusal.SwapIsFull, store.CheckTake(Bob, out _));
        store.End(Bob);
        Assert.Equal((0, 0), (store.Count, store.CountOf(Bob)));
    }
}
