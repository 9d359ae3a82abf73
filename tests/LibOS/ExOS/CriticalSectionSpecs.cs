using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Tests.ExOS.Ipc;

namespace Disguise.LibOS.Tests.ExOS;

/// <summary>Programs that are not to be interrupted, for a while.</summary>
public sealed class CriticalSectionSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;

    [Fact]
    public void Short_sections_stay_whole_though_slices_end_in_them()
    {
        var (whole, broken, done, counted) = Run(30 * Us);
        Assert.True(whole > 10_000);
        Assert.Equal((0, 0), (broken, counted));
        Assert.InRange(done, 40_000, 60_000);
    }

    [Fact]
    public void Who_stays_too_long_is_interrupted_and_told()
    {
        var (whole, broken, done, counted) = Run(430 * Us);
        Assert.True(whole > 500);
        Assert.InRange(broken, 3, 20);
        Assert.Equal(broken, counted);
        Assert.InRange(done, 40_000, 60_000);
    }

    [Theory]
    [InlineData(30, 0, 0)]
    [InlineData(430, 3, 20)]
    public void A_section_lasts_as_long_as_the_work_in_it_though_nothing_else_is_waited_for(
        long insideUs, int least, int most)
    {
        var (whole, broken, _, counted) = Run(insideUs * Us, isSettled: false);
        Assert.True(whole > 500);
        Assert.InRange(broken, least, most);
        Assert.Equal(broken, counted);
    }

    [Fact]
    public void In_and_out_is_no_call_where_nothing_waits()
    {
        long before = 0, after = 0;
        IpcScene? measured = null;
        using var scene = new IpcScene()
            .With("inside", async host =>
            {
                await host.Processor!.EnterSection();
                await host.Processor.LeaveSection();
                before = Calls(measured!);
                for (var round = 0; round < 10; round++)
                {
                    await host.Processor.EnterSection();
                    await host.Processor.LeaveSection();
                }

                after = Calls(measured!);
            });
        measured = scene;
        scene.Run(10);
        Assert.True(before > 0);
        Assert.Equal(before, after);
    }

    private static long Calls(IpcScene scene) =>
        scene.Charges()[Kernels.Profiles.ExokernelCosts.KernelCall.Name];

    /// <summary>A second in which one works in sections, and another for ten microseconds at a
    /// time.</summary>
    private static (int Whole, int Broken, int Done, long Counted) Run(
        long insidePs, bool isSettled = true)
    {
        var (whole, broken, done) = (0, 0, 0);
        using var scene = new IpcScene()
            .With("inside", async host =>
            {
                while (true)
                {
                    Assert.True(await host.Processor!.EnterSection());
                    if (isSettled)
                        await Work(host, insidePs);
                    else
                        host.Work(insidePs);
                    _ = await host.Processor.LeaveSection() ? whole++ : broken++;
                }
            })
            .With("neighbour", async host =>
            {
                while (true)
                {
                    await Work(host, 10 * Us);
                    done++;
                }
            })
            .Run(1_000);
        var counted = scene.Kernel.BindingCounts
            .Single(count => count.Key == SecureBindings.BrokenSections).Value;
        return (whole, broken, done, counted);
    }

    private static async EmulatedTask Work(ApplicationHost host, long forPs)
    {
        host.Work(forPs);
        await host.Settle();
    }
}
