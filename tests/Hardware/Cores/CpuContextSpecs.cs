using CsCheck;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;

namespace Disguise.Hardware.Tests.Cores;

public class CpuContextSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;

    [Fact]
    public void A_poller_sees_a_write_from_its_past_at_once()
    {
        using var scene = new ContextScene();
        long seenPs = 0;
        scene.DeviceWrites(5 * Us, 1);
        scene.Start(0, 1 * Us, async context =>
        {
            // Its clock is at 11 us while the island is at 1 us: the write lies in its past.
            context.Charge(HardwareCosts.Work, 10 * Us);
            await context.Sync();
            while (ContextScene.Read(context) == 0)
                await context.PollUntilWritten(ContextScene.SharedPage);
            seenPs = context.ClockPs;
        });
        scene.Run();
        Assert.Equal(11 * Us, seenPs);
    }

    [Fact]
    public void A_poller_does_not_see_a_write_from_its_future()
    {
        using var scene = new ContextScene();
        ulong before = 99;
        long seenPs = 0;
        scene.DeviceWrites(12 * Us, 1);
        scene.Start(0, 1 * Us, async context =>
        {
            context.Charge(HardwareCosts.Work, 10 * Us);
            await context.Sync();
            before = ContextScene.Read(context);
            while (ContextScene.Read(context) == 0)
                await context.PollUntilWritten(ContextScene.SharedPage);
            seenPs = context.ClockPs;
        });
        scene.Run();
        Assert.Equal(0UL, before);
        Assert.InRange(seenPs, 12 * Us, (12 * Us) + (2 * ContextScene.PollStepPs));
    }

    [Fact]
    public void A_write_is_seen_at_the_end_of_the_first_whole_turn_after_it()
    {
        Gen.Select(Gen.Long[0, 3 * Us], Gen.Long[1, 20_000]).Sample(
            (workPs, laterPs) =>
            {
                using var scene = new ContextScene();
                long startPs = 0;
                long seenPs = 0;
                scene.Start(0, 1 * Us, async context =>
                {
                    context.Charge(HardwareCosts.Work, workPs);
                    await context.Sync();
                    startPs = context.ClockPs;
                    await context.PollUntilWritten(ContextScene.SharedPage);
                    seenPs = context.ClockPs;
                });
                var writePs = (1 * Us) + workPs + laterPs;
                scene.DeviceWrites(writePs, 1);
                scene.Run(20 * Us);
                Assert.Equal(0, (seenPs - startPs) % ContextScene.PollStepPs);
                Assert.InRange(
                    seenPs - writePs, ContextScene.PollStepPs, (2 * ContextScene.PollStepPs) - 1);
                Assert.Equal(
                    seenPs - startPs, scene.Account.TimePsOf(HardwareCosts.Poll));
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public void A_poller_whose_line_is_written_elsewhere_looks_again_and_goes_on()
    {
        using var scene = new ContextScene();
        var looks = 0;
        long seenPs = 0;
        scene.DeviceWrites(5 * Us, 7, offset: 64);
        scene.DeviceWrites(9 * Us, 1);
        scene.Start(0, 1 * Us, async context =>
        {
            while (ContextScene.Read(context) == 0)
            {
                looks++;
                await context.PollUntilWritten(ContextScene.SharedPage);
            }

            seenPs = context.ClockPs;
        });
        scene.Run();
        Assert.Equal(2, looks);
        Assert.InRange(seenPs, 9 * Us, (9 * Us) + (2 * ContextScene.PollStepPs));
    }

    [Fact]
    public void Polling_ends_at_its_time_or_when_it_is_told_to_look_again()
    {
        using var scene = new ContextScene();
        CpuContext? poller = null;
        var times = new List<long>();
        scene.At(20 * Us, () => Assert.True(poller!.EndPollEarly()));
        scene.At(21 * Us, () => Assert.False(poller!.EndPollEarly()));
        scene.Start(0, 1 * Us, async context =>
        {
            poller = context;
            await context.PollUntilWritten(ContextScene.SharedPage, 5 * Us);
            times.Add(context.ClockPs);
            await context.PollUntilWritten(ContextScene.SharedPage);
            times.Add(context.ClockPs);
        });
        scene.Run();
        Assert.Equal(2, times.Count);
        Assert.InRange(times[0], 5 * Us, (5 * Us) + (2 * ContextScene.PollStepPs));
        Assert.InRange(times[1], 20 * Us, (20 * Us) + (2 * ContextScene.PollStepPs));
        Assert.Equal(times[1] - (1 * Us), scene.Account.TimePsOf(HardwareCosts.Poll));
    }

    [Theory]
    [InlineData(3, 5, 1, 2)]
    [InlineData(5, 3, 2, 1)]
    public void Two_contexts_that_race_for_a_word_take_it_in_the_order_of_their_own_clocks(
        long firstWorkUs, long secondWorkUs, ulong firstGets, ulong secondGets)
    {
        using var scene = new ContextScene();
        var got = new ulong[2];
        for (var number = 0; number < 2; number++)
        {
            var me = number;
            var workPs = (me == 0 ? firstWorkUs : secondWorkUs) * Us;
            scene.Start(me, 1 * Us, async context =>
            {
                context.Charge(HardwareCosts.Work, workPs);
                await context.Sync();
                got[me] = ContextScene.Read(context) + 1;
                ContextScene.Write(context, got[me]);
            });
        }

        scene.Run();
        Assert.Equal([firstGets, secondGets], got);
    }

    [Fact]
    public void Contexts_that_add_to_a_word_in_any_order_lose_no_addition()
    {
        Gen.Long[0, 2_000].Array[8].Sample(
            gapsPs =>
            {
                using var scene = new ContextScene();
                var order = new List<(long TimePs, ulong Value)>();
                for (var core = 0; core < 2; core++)
                {
                    var mine = gapsPs.AsSpan(core * 4, 4).ToArray();
                    scene.Start(core, 1 * Us, async context =>
                    {
                        foreach (var gapPs in mine)
                        {
                            context.Charge(HardwareCosts.Work, gapPs);
                            await context.Sync();
                            var value = ContextScene.Read(context) + 1;
                            ContextScene.Write(context, value);
                            order.Add((context.ClockPs, value));
                        }
                    });
                }

                scene.Run();
                Assert.Equal(8UL, order[^1].Value);
                Assert.Equal(order.OrderBy(step => step.Value), order);
                Assert.Equal(order.OrderBy(step => step.TimePs).Select(step => step.TimePs),
                    order.Select(step => step.TimePs));
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public void A_charge_of_64_us_cut_by_three_interrupts_ends_by_as_much_later()
    {
        using var scene = new ContextScene();
        long endPs = 0;
        long[] interruptsPs = [10 * Us, 30 * Us, 64 * Us];
        foreach (var atPs in interruptsPs)
            scene.Interrupt(0, atPs);
        scene.Start(0, 1 * Us, async context =>
        {
            context.Charge(HardwareCosts.Work, 64 * Us);
            await context.Sync();
            endPs = context.ClockPs;
        });
        scene.Run();
        Assert.Equal((65 * Us) + (3 * ContextScene.InterruptPs), endPs);
        Assert.Equal(64 * Us, scene.Account.TimePsOf(HardwareCosts.Work));
        Assert.Equal(3 * ContextScene.InterruptPs, scene.KernelTimePs);
    }

    [Fact]
    public void Interrupts_that_come_while_the_kernel_works_wait_for_it()
    {
        using var scene = new ContextScene();
        long endPs = 0;
        for (var count = 0; count < 3; count++)
            scene.Interrupt(0, (10 * Us) + (count * ContextScene.InterruptPs / 4));
        scene.Start(0, 1 * Us, async context =>
        {
            context.Charge(HardwareCosts.Work, 20 * Us);
            await context.Sync();
            endPs = context.ClockPs;
        });
        scene.Run();
        Assert.Equal((21 * Us) + (3 * ContextScene.InterruptPs), endPs);
    }

    [Fact]
    public void An_interrupt_after_the_end_of_the_charge_pushes_nothing_back()
    {
        using var scene = new ContextScene();
        long endPs = 0;
        scene.Interrupt(0, 22 * Us);
        scene.Start(0, 1 * Us, async context =>
        {
            context.Charge(HardwareCosts.Work, 20 * Us);
            await context.Sync();
            endPs = context.ClockPs;
        });
        scene.Run();
        Assert.Equal(21 * Us, endPs);
    }

    [Fact]
    public void A_context_that_loses_its_core_keeps_the_rest_of_its_work_for_later()
    {
        using var scene = new ContextScene();
        CpuContext? running = null;
        long endPs = 0;
        scene.At(15 * Us, () => scene.Machine.Cores[0].Preempt(15 * Us));
        scene.At(40 * Us, () => scene.Machine.Cores[1].Dispatch(running!, 40 * Us));
        scene.Start(0, 1 * Us, async context =>
        {
            running = context;
            context.Charge(HardwareCosts.Work, 20 * Us);
            await context.Sync();
            endPs = context.ClockPs;
        });
        scene.Run();
        // 14 us were done by 15 us; 6 us are left from 40 us on.
        Assert.Equal(46 * Us, endPs);
    }

    [Fact]
    public void A_poller_that_loses_its_core_looks_again_when_it_has_one()
    {
        using var scene = new ContextScene();
        CpuContext? running = null;
        long seenPs = 0;
        scene.At(15 * Us, () => scene.Machine.Cores[0].Preempt(15 * Us));
        scene.DeviceWrites(20 * Us, 1);
        scene.At(40 * Us, () => scene.Machine.Cores[1].Dispatch(running!, 40 * Us));
        scene.Start(0, 1 * Us, async context =>
        {
            running = context;
            while (ContextScene.Read(context) == 0)
                await context.PollUntilWritten(ContextScene.SharedPage);
            seenPs = context.ClockPs;
        });
        scene.Run();
        Assert.Equal(40 * Us, seenPs);
        Assert.Equal(14 * Us, scene.Account.TimePsOf(HardwareCosts.Poll));
    }
}
