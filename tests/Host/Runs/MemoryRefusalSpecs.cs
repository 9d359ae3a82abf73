using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>The kernel refuses what ExOS asks for; nothing is kept of it, and it is had later.
/// </summary>
public sealed class MemoryRefusalSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;

    [Fact]
    public void A_page_that_could_not_be_bound_is_bound_when_there_is_memory_again()
    {
        var refused = 0;
        var greedy = new ProgramOfTest(async host =>
        {
            await TakeAll(host);
            host.Work(20_000 * Us);
            await host.Settle();
            return 0;
        });
        var modest = new ProgramOfTest(async host =>
        {
            await host.Pages.Configure(new MemorySettings { FrameLimit = 8 });
            var page = await host.Pages.Map(1, MemoryProtection.ReadWrite);
            for (var tries = 0; tries < 100; tries++)
            {
                host.Work(500 * Us);
                await host.Settle();
                // Not before the other one has all.
                if (host.ClockPs < 10_000 * Us || !await MayWrite(host, page))
                {
                    refused += host.ClockPs < 10_000 * Us ? 0 : 1;
                    continue;
                }

                return (int)await host.Pages.ReadWord(page);
            }

            return -2;
        });
        using var world = World(
            new PlannedTenant("greedy", greedy), new PlannedTenant("modest", modest));

        world.Run(200_000 * Us);

        Assert.InRange(refused, 1, 90);
        Assert.Equal((0, 1), (greedy.Result, modest.Result));
    }

    [Fact]
    public void Frames_that_cannot_be_seen_are_given_back()
    {
        var frames = 0;
        var again = 0;
        using var world = World(
            new PlannedTenant("greedy", new ProgramOfTest(async host =>
            {
                frames = await TakeAll(host);
                return 0;
            })),
            new PlannedTenant("second", new ProgramOfTest(async host =>
            {
                host.Work(60_000 * Us);
                await host.Settle();
                again = await TakeAll(host);
                return 0;
            })));

        world.Run(200_000 * Us);

        // The first had less by what the second needs to be there at all.
        Assert.InRange(frames, 1_000, 16_000);
        Assert.InRange(again - frames, 0, 200);
    }

    /// <summary>
    /// As many frames as there are. The first answers are refusals: there are not so many, or none
    /// is left for the tables to see them by.
    /// </summary>
    private static async EmulatedTask<int> TakeAll(ApplicationHost host)
    {
        for (var frames = 12_600; frames > 0; frames--)
        {
            if (await host.Pages.Configure(new MemorySettings { FrameLimit = frames }))
                return frames;
        }

        return 0;
    }

    private static async EmulatedTask<bool> MayWrite(ApplicationHost host, ulong page)
    {
        try
        {
            await host.Pages.WriteWord(page, 1);
            return true;
        }
        catch (ComponentFailureException)
        {
            return false;
        }
    }

    private static SpecificationWorld World(params PlannedTenant[] tenants) => new(new WorldPlan
    {
        Architecture = Architectures.Of("exokernel"),
        Platform = "xeon-e5-2430-x520",
        Profile = "extaris",
        Interface = TenantInterface.Native,
        Wait = WaitPolicy.Poll,
        Guards = Guards.All,
        Tenants = tenants,
    });
}
