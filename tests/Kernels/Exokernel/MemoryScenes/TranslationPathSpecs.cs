using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>What a miss of the TLB costs and who answers it, on both kinds of hardware.</summary>
public sealed class TranslationPathSpecs
{
    private const long EndPs = 2 * Picoseconds.PerMillisecond;
    private const int Pages = 100;

    [Fact]
    public void More_pages_than_the_tlb_holds_are_refilled_from_the_software_tlb_without_an_upcall()
    {
        using var scene = new MemoryScene(tlb: MemoryScene.SoftwareTlb);
        scene.Add(async environment =>
        {
            await environment.SetUp(Pages);
            for (var round = 0; round < 3; round++)
            {
                for (var page = 0; page < Pages; page++)
                    Assert.True(environment.TryStore(page, (ulong)page));
            }

            for (var page = 0; page < Pages; page++)
            {
                Assert.True(environment.TryLoad(page, out var value));
                Assert.Equal((ulong)page, value);
            }
        });
        scene.Start().Run(EndPs);
        Assert.True(scene.Environments[0].HasEnded);
        Assert.InRange(Refills(scene), Pages, 4 * Pages);
        Assert.Empty(scene.Environments[0].Heard);
    }

    [Fact]
    public void A_page_that_another_has_displaced_is_the_librarys_to_find_or_the_kernels()
    {
        using var scene = new MemoryScene(tlb: MemoryScene.SoftwareTlb);
        var answers = new List<bool>();
        scene.Add(async environment =>
        {
            await environment.SetUp(1);
            await environment.Call(new KernelCall.MapPages(
                MemoryEnvironment.FirstPage + 1, environment.Frames[0], 1, true));
            foreach (var page in (int[])[0, 1])
            {
                // The page with the same place, then so many others that the TLB holds neither.
                await environment.Bind(
                    page + SoftwareTlb.EntryCount, environment.Frames[0]);
                for (var other = 0; other < 200; other++)
                {
                    await environment.Bind(1000 + other, environment.Frames[0]);
                    environment.TryLoad(1000 + other, out _);
                }

                answers.Add(environment.TryLoad(page, out _));
            }
        });
        scene.Start().Run(10 * EndPs);
        Assert.True(scene.Environments[0].HasEnded);
        Assert.Equal([false, true], answers);
    }

    [Fact]
    public void Hardware_that_walks_tables_asks_nobody()
    {
        using var scene = new MemoryScene();
        scene.Add(async environment =>
        {
            await environment.SetUp(Pages);
            for (var page = 0; page < Pages; page++)
                Assert.True(environment.TryStore(page, (ulong)page));
        });
        scene.Start().Run(EndPs);
        Assert.True(scene.Environments[0].HasEnded);
        Assert.Equal(0, Refills(scene));
        Assert.Equal(0, scene.Environments[0].Cpu.Mmu.FaultCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unbound_page_is_forgotten_by_every_cache(bool isRefilledBySoftware)
    {
        using var scene = new MemoryScene(
            tlb: isRefilledBySoftware ? MemoryScene.SoftwareTlb : TlbModel.Default);
        scene.Add(async environment =>
        {
            await environment.SetUp(2);
            Assert.True(environment.TryStore(1, 7));
            var removed = await environment.Call(new MemoryCall.EditPages(
                [new(TableEditKind.Remove, MemoryEnvironment.FirstPage + 1, 0, default, 0)]));
            Assert.Equal(ExokernelRefusal.None, removed.Refusal);
            Assert.False(environment.TryLoad(1, out _));
            await environment.Bind(1, environment.Frames[1], PageRights.None);
            Assert.True(environment.TryLoad(1, out var value));
            Assert.Equal(7UL, value);
            Assert.False(environment.TryStore(1, 8));
        });
        scene.Start().Run(EndPs);
        Assert.True(scene.Environments[0].HasEnded);
        scene.CheckFrames();
    }

    private static long Refills(MemoryScene scene) =>
        scene.Machine.KernelAccount.CountOf(ExokernelCosts.StlbRefill);
}
