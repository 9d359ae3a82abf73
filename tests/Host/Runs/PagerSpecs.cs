using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// Two clients of a pager on two cores, so that two of its threads work at once with one pool of
/// frames: the one gives frames up while the other takes frames.
/// </summary>
public sealed class PagerSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const int Pages = 200;

    [Fact]
    public void A_page_on_its_way_to_the_store_is_not_overwritten_by_who_gets_its_frame_next()
    {
        var shrinking = new ProgramOfTest(async host =>
        {
            await host.Pages.Configure(new MemorySettings { FrameLimit = 2 * Pages });
            var data = await Fill(host, 0xAAAA_0000);
            await host.Pages.Configure(new MemorySettings { FrameLimit = 8 });
            // One more page makes room for itself: all that are too many go to the store.
            var next = await host.Pages.Map(1, MemoryProtection.ReadWrite);
            await host.Pages.WriteWord(next, 1);
            return await CountWrong(host, data, 0xAAAA_0000);
        });
        var growing = new ProgramOfTest(async host =>
        {
            await host.Pages.Configure(new MemorySettings { FrameLimit = 2 * Pages });
            var data = await Fill(host, 0xBBBB_0000, 60 * Us);
            return await CountWrong(host, data, 0xBBBB_0000);
        });

        using var world = new SpecificationWorld(new WorldPlan
        {
            Architecture = Architectures.Of("microkernel"),
            Platform = "xeon-e5-2430-x520",
            Profile = "extaris",
            Interface = TenantInterface.Posix,
            Wait = WaitPolicy.Doorbell,
            Guards = Guards.All,
            Tenants =
            [
                new PlannedTenant("shrinking", shrinking),
                new PlannedTenant("growing", growing),
            ],
        });
        world.Run(100_000 * Us);

        Assert.Equal((0, 0), (shrinking.Result, growing.Result));
        var findings = new List<string>();
        world.Kernel.CheckFrames(findings);
        world.Kernel.CheckCapabilities(findings);
        Assert.Empty(findings);
    }

    private static async EmulatedTask<ulong> Fill(
        ApplicationHost host, uint pattern, long pausePs = 0)
    {
        var data = await host.Pages.Map(Pages, MemoryProtection.ReadWrite);
        for (var page = 0; page < Pages; page++)
        {
            await host.Pages.WriteWord(data + ((ulong)page * Frame.SizeBytes), pattern + (uint)page);
            host.Work(pausePs);
            await host.Settle();
        }

        return data;
    }

    private static async EmulatedTask<int> CountWrong(
        ApplicationHost host, ulong data, uint pattern)
    {
        var wrong = 0;
        for (var page = 0; page < Pages; page++)
        {
            var word = await host.Pages.ReadWord(data + ((ulong)page * Frame.SizeBytes));
            wrong += word == pattern + (uint)page ? 0 : 1;
        }

        return wrong;
    }
}
