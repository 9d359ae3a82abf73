using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>What one environment can do to another's page table and slices, and what ranges of
/// pages cost.</summary>
public sealed class AnothersEnvironmentSpecs
{
    private const int Victim = 0;
    private const long SetUpPs = 100 * Picoseconds.PerMicrosecond;
    private const long EndPs = 2 * Picoseconds.PerMillisecond;

    [Fact]
    public void Nobody_edits_a_page_table_without_a_credential_to_its_environment()
    {
        var (refusal, isThere) = RemoveTheVictimsPage(Guards.All);
        Assert.Equal(ExokernelRefusal.NotDominated, refusal);
        Assert.True(isThere);
    }

    [Fact]
    public void Without_the_guard_anybody_does()
    {
        var (refusal, isThere) = RemoveTheVictimsPage(Guards.AllBut(KernelGuards.Domination));
        Assert.Equal(ExokernelRefusal.None, refusal);
        Assert.False(isThere);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_ends_an_environment_without_a_credential_to_it_or_itself(bool isGuarded)
    {
        ExokernelRefusal? refusal = null, itself = null;
        using var scene = new MemoryScene(
            isGuarded ? Guards.All : Guards.AllBut(KernelGuards.Domination));
        scene.Add(environment => environment.Work(EndPs));
        scene.Add(async environment =>
        {
            await environment.Work(SetUpPs);
            itself = (await environment.Call(new KernelCall.EndEnvironment(1, 0))).Refusal;
            refusal = (await environment.Call(
                new KernelCall.EndEnvironment(Victim, 0))).Refusal;
        });
        scene.Start().Run(2 * SetUpPs);

        Assert.Equal(ExokernelRefusal.EndsItself, itself);
        Assert.Equal(
            isGuarded ? ExokernelRefusal.NotDominated : ExokernelRefusal.None, refusal);
        Assert.Equal(isGuarded ? 2 : 1, scene.Kernel.EnvironmentCount);
        scene.CheckFrames();
    }

    [Fact]
    public void What_is_bound_in_anothers_table_is_bound_by_what_its_editor_has_shown()
    {
        const int Access = 2;
        var (isOffered, edited) = (false, ExokernelRefusal.BadBatch);
        ulong found = 0;
        using var scene = new MemoryScene();
        scene.Add(async environment =>
        {
            await environment.Call(
                new MemoryCall.Offer(0, 1, Capability.OfEnvironment(Victim, 0)));
            isOffered = true;
            await environment.Work(3 * SetUpPs);
            environment.TryLoad(7, out found);
        });
        scene.Add(async environment =>
        {
            await environment.Work(SetUpPs);
            Assert.True(isOffered);
            await environment.SetUp(1);
            environment.TryStore(0, 4711);
            await environment.Call(new MemoryCall.Acquire(Victim, Access));
            var edit = new TableEdit(
                TableEditKind.Insert, MemoryEnvironment.FirstPage + 7, environment.Frames[0],
                PageRights.None, 0);
            edited = (await environment.Call(
                new MemoryCall.EditPages([edit], Victim, Access))).Refusal;
        });
        scene.Start().Run(EndPs);

        Assert.Equal(ExokernelRefusal.None, edited);
        Assert.Equal(4711UL, found);
        scene.CheckFrames();
    }

    [Fact]
    public void Nobody_gives_a_slice_to_whom_it_has_no_credential_or_makes_one_of_what_is_one()
    {
        var refusals = new List<ExokernelRefusal>();
        MemoryEnvironment? victim = null;
        using var scene = new MemoryScene();
        scene.Add(async environment =>
        {
            victim = environment;
            await environment.Work(EndPs);
        });
        scene.Add(async environment =>
        {
            await environment.Work(SetUpPs);
            foreach (var call in (KernelCall[])
            [
                new KernelCall.GiveSlice(Victim, 0),
                new KernelCall.GiveSlice(77, 0),
                new KernelCall.GiveSlice(Victim, 3),
                new KernelCall.CreateEnvironment(victim!.Me, victim.Cpu, 0),
                new MemoryCall.EditPages([], 99),
            ])
                refusals.Add((await environment.Call(call)).Refusal);
        });
        scene.Start().Run(EndPs);

        Assert.Equal(
            [
                ExokernelRefusal.NotDominated, ExokernelRefusal.NoSuchEnvironment,
                ExokernelRefusal.EmptySlot, ExokernelRefusal.AlreadyAnEnvironment,
                ExokernelRefusal.NoSuchEnvironment,
            ],
            refusals);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 20)]
    public void A_range_of_pages_writes_an_entry_of_each_where_hardware_walks_tables(
        bool isRefilledBySoftware, long entries)
    {
        const int Pages = 20;
        using var scene = new MemoryScene(
            tlb: isRefilledBySoftware ? MemoryScene.SoftwareTlb : null);
        var written = 0L;
        scene.Add(async environment =>
        {
            await environment.SetUp(Pages);
            var before = CountOf(scene, isRefilledBySoftware);
            var result = await environment.Call(new MemoryCall.ProtectRange(
                MemoryEnvironment.FirstPage, Pages, PageRights.User, 0));
            Assert.Equal(ExokernelRefusal.None, result.Refusal);
            written = CountOf(scene, isRefilledBySoftware) - before;
        });
        scene.Start().Run(EndPs);

        Assert.Equal(entries, written);
    }

    private static long CountOf(MemoryScene scene, bool isRefilledBySoftware)
    {
        var key = isRefilledBySoftware
            ? ExokernelCosts.TlbWriteCall : ProfileCosts.PageTableEntry;
        return scene.Machine.KernelAccount.Entries()
            .Where(entry => entry.What == key).Sum(entry => entry.Count);
    }

    private static (ExokernelRefusal Refusal, bool IsThere) RemoveTheVictimsPage(Guards guards)
    {
        var refusal = ExokernelRefusal.None;
        MemoryEnvironment? victim = null;
        using var scene = new MemoryScene(guards);
        scene.Add(async environment =>
        {
            victim = environment;
            await environment.SetUp(1);
            await environment.Work(EndPs);
        });
        scene.Add(async environment =>
        {
            await environment.Work(SetUpPs);
            var edit = new TableEdit(
                TableEditKind.Remove, MemoryEnvironment.FirstPage, 0, default, 0);
            refusal = (await environment.Call(new MemoryCall.EditPages([edit], Victim))).Refusal;
        });
        scene.Start().Run(2 * SetUpPs);
        return (refusal, victim!.TryLoad(0, out _));
    }
}
