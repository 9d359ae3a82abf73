using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Ipc;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// Several clients of one pager: on two cores, where two of its threads work at once with one pool
/// of frames, and on one, where they share a thread.
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

        using var world = World(
            new PlannedTenant("shrinking", shrinking), new PlannedTenant("growing", growing));
        world.Run(100_000 * Us);

        Assert.Equal((0, 0), (shrinking.Result, growing.Result));
        var findings = new List<string>();
        world.Kernel.CheckFrames(findings);
        world.Kernel.CheckCapabilities(findings);
        Assert.Empty(findings);
    }

    [Fact]
    public void Who_sends_to_the_pager_and_waits_for_no_answer_keeps_nobody_from_it()
    {
        var sent = false;
        var evil = new ProgramOfTest(async host =>
        {
            await host.Pages.Configure(new MemorySettings());
            var thread = ((ServerSocket)host.Socket).Thread;
            var pager = thread.Registers.Target;
            thread.Registers.Begin(PagerLabels.Map);
            thread.Registers.Add(1);
            sent = await thread.Send(pager) == KernelResult.Done;
            return 0;
        });
        var victim = new ProgramOfTest(async host =>
        {
            var data = await Fill(host, 0xAAAA_0000, 60 * Us);
            return await CountWrong(host, data, 0xAAAA_0000);
        });
        var core = new CorePlacement(CorePlacementKind.Pinned, 0);

        using var world = World(
            new PlannedTenant("evil", evil) { Placement = core },
            new PlannedTenant("victim", victim) { Placement = core });
        world.Run(30_000 * Us);

        Assert.True(sent);
        Assert.Equal(0, victim.Result);
    }

    [Fact]
    public void Frames_are_given_up_when_all_is_done_that_was_decided_with_them()
    {
        const int all = 1_024;
        var (donePs, gotPs, isFull) = (0L, 0L, false);
        var shrinking = new ProgramOfTest(async host =>
        {
            await host.Pages.Configure(new MemorySettings { FrameLimit = all });
            var data = await host.Pages.Map(all, MemoryProtection.ReadWrite);
            for (var page = 0; page < all; page++)
                await host.Pages.WriteWord(data + ((ulong)page * Frame.SizeBytes), 1);
            isFull = true;
            await host.Pages.Configure(new MemorySettings { FrameLimit = all - 1 });
            await host.Pages.WriteWord(await host.Pages.Map(1, MemoryProtection.ReadWrite), 1);
            await host.Settle();
            donePs = host.ClockPs;
            return 0;
        });
        var starving = new ProgramOfTest(async host =>
        {
            var page = await host.Pages.Map(1, MemoryProtection.ReadWrite);
            while (gotPs == 0 && host.ClockPs < 90_000 * Us)
            {
                host.Work(5 * Us);
                await host.Settle();
                if (isFull && await MayWrite(host, page))
                    gotPs = host.ClockPs;
            }

            return 0;
        });

        using var world = World(
            new PlannedTenant("shrinking", shrinking), new PlannedTenant("starving", starving));
        world.Run(100_000 * Us);

        Assert.Equal((0, 0), (shrinking.Result, starving.Result));
        Assert.True(gotPs > donePs - (10 * Us), $"{gotPs} of {donePs}");
    }

    private static async EmulatedTask<bool> MayWrite(ApplicationHost host, ulong address)
    {
        try
        {
            await host.Pages.WriteWord(address, 1);
            return true;
        }
        catch (ComponentFailureException)
        {
            return false;
        }
    }

    private static SpecificationWorld World(params PlannedTenant[] tenants) => new(new WorldPlan
    {
        Architecture = Architectures.Of("microkernel"),
        Platform = "xeon-e5-2430-x520",
        Profile = "extaris",
        Interface = TenantInterface.Posix,
        Wait = WaitPolicy.Doorbell,
        Guards = Guards.All,
        Tenants = tenants,
    });

    private static async EmulatedTask<ulong> Fill(
        ApplicationHost host, uint pattern, long pausePs = 0)
    {
        var data = await host.Pages.Map(Pages, MemoryProtection.ReadWrite);
        for (var page = 0; page < Pages; page++)
        {
            var address = data + ((ulong)page * Frame.SizeBytes);
            await host.Pages.WriteWord(address, pattern + (uint)page);
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
