using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// Frames are asked back of environments with ExOS, or taken from them, while a program uses its
/// virtual memory: it finds in every page what it has written, or is ended where nobody has it.
/// </summary>
public sealed class MemoryRevocationSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const int Pages = 40;
    private const uint Pattern = 0x5EED_0000;

    [Fact]
    public void Frames_that_nobody_uses_are_given_first_and_cost_the_program_no_page()
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: 2 * Pages));
        using var world = World(program);

        var report = Revoke(world, amount: 30, asks: true);

        Assert.Equal((RevocationResult.Returned, 30), (report.Result, report.Amount));
        Assert.InRange(report.DonePs - report.OrderedPs, 1, 50 * Us);
        Assert.Equal(0, program.Result);
        Check(world);
    }

    [Fact]
    public void Clean_pages_are_given_in_time_and_paged_in_again()
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: Pages - 10));
        using var world = World(program);

        // The first pass over more pages than frames has left clean ones only.
        var report = Revoke(world, amount: 16, asks: true);

        Assert.Equal((RevocationResult.Returned, 16), (report.Result, report.Amount));
        Assert.Equal(0, program.Result);
        Check(world);
    }

    [Theory]
    [InlineData(2, 1_000, RevocationResult.Returned)]
    [InlineData(2, 180, RevocationResult.ReturnedLate)]
    [InlineData(4, 50, RevocationResult.Forced)]
    public void What_only_memory_has_is_saved_first_and_that_takes_its_time(
        int amount, long deadlineUs, RevocationResult result)
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: Pages));
        using var world = World(program);

        var report = Revoke(world, amount, asks: true, deadlineUs);

        Assert.Equal((result, amount), (report.Result, report.Amount));
        Assert.Equal(0, program.Result);
        Check(world);
    }

    [Theory]
    [InlineData(RevocationAnswer.Yield, RevocationResult.Returned, 0, 50)]
    [InlineData(RevocationAnswer.Late, RevocationResult.ReturnedLate, 50, 100)]
    [InlineData(RevocationAnswer.Ignore, RevocationResult.Forced, 100, 300)]
    [InlineData(RevocationAnswer.Hostile, RevocationResult.Forced, 100, 300)]
    public void An_environment_gives_memory_back_in_its_own_way_and_keeps_its_data(
        RevocationAnswer answer, RevocationResult result, long fromUs, long toUs)
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: Pages - 10));
        using var world = World(program, answer);

        var report = Revoke(world, amount: 16, asks: true);

        Assert.Equal((result, 16), (report.Result, report.Amount));
        Assert.InRange(report.DonePs - report.OrderedPs, fromUs * Us, toUs * Us);
        Assert.Equal(0, program.Result);
        Check(world);
    }

    [Theory]
    [InlineData(Pages)]
    [InlineData(Pages - 10)]
    [InlineData(2 * Pages)]
    public void What_is_taken_by_force_is_read_back_from_the_swap_server(int frames)
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames));
        using var world = World(program);

        var report = Revoke(world, amount: 16, asks: false);

        Assert.Equal((RevocationResult.Forced, 16), (report.Result, report.Amount));
        Assert.Equal(0, program.Result);
        Check(world);
    }

    [Fact]
    public void Who_loses_all_that_can_be_taken_gets_frames_again_and_goes_on()
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: Pages));
        using var world = World(program);

        var report = Revoke(world, amount: Pages, asks: false);

        Assert.Equal((RevocationResult.Forced, Pages), (report.Result, report.Amount));
        Assert.Equal(0, program.Result);
        Check(world);
    }

    [Theory]
    [InlineData(0, -2)]
    [InlineData(12_000, 0)]
    public void What_neither_vector_nor_store_has_is_lost_and_who_touches_it_crashes(
        long laterUs, int result)
    {
        // The vector names 64; a program that has looked at it in between has room for more.
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: 2 * Pages, 2 * Pages));
        using var world = World(program);
        world.Run(20_000 * Us);
        foreach (var atPs in (long[])[Us, (laterUs + 2) * Us])
        {
            world.Revoke(new RevocationOrder(
                "server.scan", RevocationOrder.Memory, false, null, world.NowPs + atPs)
            {
                Amount = 60,
            });
        }

        world.Run(200_000 * Us);

        Assert.Equal(result, program.Result);
        Check(world);
    }

    [Fact]
    public void Some_frames_are_kept_whatever_is_asked()
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: 12));
        using var world = World(program);

        // Ten can be spared; the rest is taken by force, of rings and buffers too.
        var report = Revoke(world, amount: 11, asks: true);

        Assert.Equal((RevocationResult.Forced, 11), (report.Result, report.Amount));
        Assert.Equal(0, program.Result);
        Check(world);
    }

    [Fact]
    public void Memory_can_be_taken_from_who_has_lost_its_network()
    {
        var program = new ProgramOfTest(host => FillAndCheck(host, frames: Pages));
        using var world = World(program);
        world.RevokeNetwork("scan", world.NowPs + Us);

        var report = Revoke(world, amount: 2, asks: true, deadlineUs: 500);

        Assert.Equal((RevocationResult.Returned, 2), (report.Result, report.Amount));
        Assert.Equal(0, program.Result);
        Check(world);
    }

    private static SpecificationWorld World(
        ProgramOfTest program, RevocationAnswer answer = RevocationAnswer.Yield) => new(
            new WorldPlan
            {
                Architecture = Architectures.Of("exokernel"),
                Platform = "xeon-e5-2430-x520",
                Profile = "extaris",
                Interface = TenantInterface.Native,
                Wait = WaitPolicy.Poll,
                Guards = Guards.All,
                Tenants =
                [
                    new PlannedTenant("scan", program) { Revocation = answer },
                    new PlannedTenant("neighbour", new ProgramOfTest(
                        host => FillAndCheck(host, frames: Pages))),
                ],
            });

    /// <summary>While the program pauses, and then lets it look at its pages.</summary>
    private static RevocationReport Revoke(
        SpecificationWorld world, int amount, bool asks, long deadlineUs = 50)
    {
        world.Run(20_000 * Us);
        Assert.True(world.Revoke(new RevocationOrder(
            "server.scan", RevocationOrder.Memory, asks, asks ? deadlineUs * Us : null,
            world.NowPs + Us)
        {
            Amount = amount,
        }));
        world.Run(100_000 * Us);
        return Assert.Single(
            world.Reports, report => report.Resource == RevocationOrder.Memory);
    }

    private static void Check(SpecificationWorld world)
    {
        var findings = new List<string>();
        world.Kernel.CheckFrames(findings);
        Assert.Empty(findings);
    }

    /// <summary>How many pages hold something else than what was written; -2 for a crash.
    /// </summary>
    private static async EmulatedTask<int> FillAndCheck(
        ApplicationHost host, int frames, int pages = Pages)
    {
        await host.Pages.Configure(new MemorySettings { FrameLimit = frames });
        var data = await host.Pages.Map(pages, MemoryProtection.ReadWrite);
        for (var page = 0; page < pages; page++)
            await host.Pages.WriteWord(AddressOf(data, page), Pattern + (uint)page);
        for (var page = 0; page < pages; page++)
            await host.Pages.ReadWord(AddressOf(data, page));
        host.Work(22_000 * Us);
        await host.Settle();
        try
        {
            return await CountWrong(host, data, pages);
        }
        catch (ComponentFailureException)
        {
            return -2;
        }
    }

    private static async EmulatedTask<int> CountWrong(
        ApplicationHost host, ulong data, int pages)
    {
        var wrong = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var page = 0; page < pages; page++)
            {
                var found = await host.Pages.ReadWord(AddressOf(data, page));
                wrong += found == Pattern + (uint)page ? 0 : 1;
            }
        }

        return wrong;
    }

    private static ulong AddressOf(ulong data, int page) =>
        data + ((ulong)page * Frame.SizeBytes);
}
