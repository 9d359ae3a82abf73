using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.Translation;

public sealed class TranslationBookSpecs
{
    private const int Alice = 0;
    private const int Bob = 1;

    private readonly TranslationScene scene = new(Guards.All);

    [Fact]
    public void A_capability_is_looked_at_when_a_page_is_bound_and_not_when_it_is_used()
    {
        long frame = scene.Take(Alice);
        Assert.Equal(
            ExokernelRefusal.None, scene.TryBind(Alice, 20, frame, TranslationScene.Write));
        Assert.Equal(1, scene.Translation.BindChecks);
        for (int use = 0; use < 100; use++)
            Assert.Equal(3, scene.Ways(Alice, 20).Count(way => way == (frame, true)));
        Assert.Equal(1, scene.Translation.BindChecks);
        Assert.Equal(1, scene.Book.AccessChecks);
        Assert.Equal((100, 100), (scene.Stlb.Hits, scene.Tlb.Hits));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_foreign_frame_is_not_bound(bool isGuarded)
    {
        var world = new TranslationScene(
            isGuarded ? Guards.All : Guards.AllBut(KernelGuards.BindCheck));
        long frame = world.Take(Alice);
        ExokernelRefusal refusal = world.TryBind(Bob, 20, frame, TranslationScene.Write);
        Assert.Equal(
            isGuarded ? ExokernelRefusal.NotDominated : ExokernelRefusal.None, refusal);
        Assert.Equal(isGuarded ? 0 : 3, world.Ways(Bob, 20).Count(way => way == (frame, true)));
        Assert.Equal(
            ExokernelRefusal.NoSuchFrame, world.TryBind(Bob, 21, 1, TranslationScene.Write));
    }

    [Fact]
    public void A_sealed_capability_binds_its_page_and_no_other()
    {
        long frame = scene.Take(Alice);
        long other = scene.Take(Alice);
        PageCapability read = scene.Book.Seal(frame, isForWriting: false);
        var wanted = new Binding(Bob, 20, frame, TranslationScene.Read);
        Assert.Equal(ExokernelRefusal.None, scene.Translation.CheckBind(wanted, read));
        Assert.Equal(
            ExokernelRefusal.NotDominated,
            scene.Translation.CheckBind(wanted with { Frame = other }, read));
        Assert.Equal(
            ExokernelRefusal.NotDominated,
            scene.Translation.CheckBind(wanted with { Rights = TranslationScene.Write }, read));
        scene.Enter(wanted);
        Assert.Equal(3, scene.Ways(Bob, 20).Count());
    }

    [Fact]
    public void A_change_of_capabilities_breaks_every_binding()
    {
        long frame = scene.Take(Alice);
        scene.Book.Change(frame, 1, TranslationScene.Of(Bob).With(CapabilityPermissions.Read));
        scene.TryBind(Alice, 20, frame, TranslationScene.Write);
        scene.TryBind(Alice, 21, frame, TranslationScene.Read);
        Assert.Equal(
            ExokernelRefusal.None, scene.TryBind(Bob, 30, frame, TranslationScene.Read));
        scene.Book.Change(frame, 1, Capability.None);
        var broken = new List<Binding>();
        scene.Translation.Break(frame, broken);
        Assert.Equal(
            [(Bob, 30L), (Alice, 21L), (Alice, 20L)],
            broken.Select(binding => (binding.Environment, binding.VirtualPage)));
        broken.ForEach(binding => scene.Forget(binding));
        Assert.Empty(scene.Ways(Bob, 30));
        Assert.Equal(
            ExokernelRefusal.NotDominated, scene.TryBind(Bob, 30, frame, TranslationScene.Read));
        Assert.Equal(0, scene.Translation.Bindings.Count);
    }

    [Fact]
    public void A_guaranteed_mapping_stays_until_its_environment_ends()
    {
        long frame = scene.Take(Alice, FrameUse.Reserved);
        var wanted = new Binding(Alice, 20, frame, TranslationScene.Write);
        Capability mine = TranslationScene.Of(Alice);
        Assert.Equal(ExokernelRefusal.None, scene.Translation.CheckGuarantee(wanted, mine));
        scene.Translation.Guarantee(wanted);
        Assert.Equal(
            ExokernelRefusal.GuaranteedMapping, scene.Translation.CheckUnbind(Alice, 20));
        Assert.Equal(
            ExokernelRefusal.GuaranteedMapping, scene.Translation.CheckBind(wanted, mine));
        Assert.Equal(
            ExokernelRefusal.GuaranteedMapping, scene.Translation.CheckUnreserve(Alice, frame));
        Assert.Equal(ExokernelRefusal.FrameIsReserved, scene.Book.CheckFree(frame, mine));
        var broken = new List<Binding>();
        scene.Translation.Break(frame, broken);
        Assert.Empty(broken);
        scene.Translation.End(Alice, broken);
        Assert.Equal([wanted with { Kind = BindingKind.Guaranteed }], broken);
    }

    [Fact]
    public void Guaranteed_mappings_are_few_and_of_named_frames()
    {
        Capability mine = TranslationScene.Of(Alice);
        for (int count = 0; count < 2; count++)
        {
            scene.Translation.Guarantee(new Binding(
                Alice, 20 + count, scene.Take(Alice, FrameUse.Reserved), TranslationScene.Read));
        }

        Assert.Equal(ExokernelRefusal.TooManyGuaranteed, scene.Translation.CheckGuarantee(
            new Binding(Alice, 30, scene.Take(Alice, FrameUse.Reserved), TranslationScene.Read),
            mine));
        Assert.Equal(ExokernelRefusal.FrameNotReserved, scene.Translation.CheckGuarantee(
            new Binding(Alice, 30, scene.Take(Alice), TranslationScene.Read), mine));
    }

    [Fact]
    public void A_page_table_is_shown_to_its_owner_for_reading_and_never_for_writing()
    {
        long root = Frame.NumberOf(scene.PageTables[Alice].RootAddress);
        Assert.Equal(
            ExokernelRefusal.FrameIsTable, scene.TryBind(Alice, 20, root, TranslationScene.Write));
        Assert.Equal(
            ExokernelRefusal.NotDominated, scene.TryBind(Bob, 20, root, TranslationScene.Read));
        Assert.Equal(
            ExokernelRefusal.None, scene.TryBind(Alice, 20, root, TranslationScene.Read));
        TableEdit[] widen =
            [new(TableEditKind.Protect, 20, 0, TranslationScene.Write, 0)];
        Assert.Equal(
            ExokernelRefusal.FrameIsTable,
            scene.Batch.Check(Alice, scene.PageTables[Alice], widen, out _));
    }

    [Fact]
    public void Pages_outside_and_bindings_beyond_the_limits_are_refused()
    {
        long frame = scene.Take(Alice);
        Assert.Equal(
            ExokernelRefusal.BadPage, scene.TryBind(Alice, 15, frame, TranslationScene.Read));
        Assert.Equal(
            ExokernelRefusal.BadPage, scene.TryBind(Alice, 1 << 20, frame, TranslationScene.Read));
        for (int page = 0; page < 30; page++)
        {
            Assert.Equal(
                ExokernelRefusal.None,
                scene.TryBind(Alice, 100 + page, frame, TranslationScene.Read));
        }

        Assert.Equal(
            ExokernelRefusal.TooManyBindings,
            scene.TryBind(Alice, 200, frame, TranslationScene.Read));
        Assert.Equal(
            ExokernelRefusal.None, scene.TryBind(Alice, 100, frame, TranslationScene.Write));
    }
}
