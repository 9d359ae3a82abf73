using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Processor;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Tests.Exokernel.MemoryScenes;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel.Regions;

/// <summary>Robust critical sections of environments, on whole machines.</summary>
public sealed class SectionCallSpecs
{
    private const long Page = 0x200;
    private const long Us = Picoseconds.PerMicrosecond;
    private const int InsideOffset = 0;
    private const int HeldOffset = 4;
    private const int BrokenOffset = 8;

    [Fact]
    public void The_end_of_a_slice_waits_until_the_section_is_left()
    {
        (uint Held, int Ends, uint Left) seen = default;
        using var scene = new ExokernelScene()
            .With("inside", async environment =>
            {
                await Register(environment);
                Store(environment, InsideOffset, 1);
                while (Load(environment, HeldOffset) == 0)
                    await Work(environment, Us);
                var (held, ends) = (Load(environment, HeldOffset), environment.Ends);
                Store(environment, InsideOffset, 0);
                var left = await environment.Call(new SectionCall.Leave());
                seen = (held, ends, (uint)left.Value);
                await environment.Compute();
            })
            .With("neighbour", environment => environment.Compute())
            .Start();
        scene.Run(1.8);
        Assert.Equal((1u, 0, 1u), seen);
        Assert.Equal(1, scene.Environments[0].Ends);
        Assert.InRange(scene.Environments[1].Done, 1_000, 1_400);
        Assert.Equal(0, Broken(scene));
    }

    [Fact]
    public void A_section_that_never_ends_is_broken_and_the_neighbour_runs()
    {
        using var scene = Endless();
        Assert.InRange(scene.Environments[1].Done, 2 * 1_500, 3 * 1_600);
        Assert.Equal(1, Broken(scene));
        Assert.True(scene.Environments[0].Ends >= 2);
    }

    [Fact]
    public void Without_the_guard_of_the_bound_the_neighbour_waits()
    {
        using var scene = Endless(RegionGuards.Bound);
        Assert.Equal(0, scene.Environments[1].Done);
        Assert.Equal(0, scene.Environments[0].Ends);
        Assert.False(scene.Environments[0].IsEnded);
    }

    [Theory]
    [InlineData(40, 145)]
    [InlineData(1_000, 205)]
    public void A_request_for_memory_waits_for_the_end_of_the_section_or_its_bound(
        long insideUs, long heardBeforeUs)
    {
        using var scene = Asked(insideUs, Guards.All);
        var heard = scene.Environments[0].Heard;
        Assert.InRange(
            heard[0].TimePs, (heardBeforeUs - 10) * Us, heardBeforeUs * Us);
        Assert.IsType<MemoryProtocol.FramesRequested>(heard[0].Message);
        Assert.Equal(RevocationResult.Returned, Assert.Single(scene.Revocations).Result);
    }

    [Fact]
    public void Without_the_bound_who_never_leaves_hears_nothing_and_is_robbed()
    {
        using var scene = Asked(5_000, Guards.AllBut(RegionGuards.Bound));
        Assert.Empty(scene.Environments[0].Heard);
        Assert.Equal(RevocationResult.Forced, Assert.Single(scene.Revocations).Result);
    }

    [Fact]
    public void Who_is_in_its_section_is_not_entered()
    {
        CallResult refusal = default;
        TransferRegisters? later = null;
        var isInside = false;
        using var scene = new ExokernelScene()
            .With("callee", async environment =>
            {
                await Register(environment);
                Store(environment, InsideOffset, 1);
                isInside = true;
                await environment.Leave(ExokernelProtocol.Yield.Instance, 1);
                Store(environment, InsideOffset, 0);
                await environment.Call(new SectionCall.Leave());
                var (_, caller) = await environment.NextEntry();
                await environment.TransferBack((int)caller, new TransferRegisters(5));
            })
            .With("caller", async environment =>
            {
                while (!isInside)
                    await environment.Leave(ExokernelProtocol.Yield.Instance, 0);
                await environment.Transfer(0, new TransferRegisters(1));
                refusal = environment.LastResult;
                await environment.Leave(ExokernelProtocol.Yield.Instance, 0);
                later = await environment.Transfer(0, new TransferRegisters(2));
                await environment.Compute();
            })
            .Start();
        scene.Run(3);
        Assert.Equal(ExokernelRefusal.TransferRefused, refusal.Refusal);
        Assert.Equal(SliceRefusal.Busy, (SliceRefusal)refusal.Value);
        Assert.Equal(5ul, later?.First);
    }

    [Fact]
    public void Who_tries_to_enter_breaks_no_section()
    {
        var refusals = new List<SliceRefusal>();
        var isInside = false;
        (uint Inside, uint Held, uint Broken) seen = default;
        using var scene = new ExokernelScene()
            .With("callee", async environment =>
            {
                await Register(environment);
                Store(environment, InsideOffset, 1);
                isInside = true;
                await environment.Leave(ExokernelProtocol.Yield.Instance, 1);
                seen = (Load(environment, InsideOffset), Load(environment, HeldOffset),
                    Load(environment, BrokenOffset));
                Store(environment, InsideOffset, 0);
                await environment.Compute();
            })
            .With("caller", async environment =>
            {
                while (!isInside)
                    await environment.Leave(ExokernelProtocol.Yield.Instance, 0);
                for (var time = 0; time < 3; time++)
                {
                    await environment.Transfer(0, new TransferRegisters(1));
                    refusals.Add((SliceRefusal)environment.LastResult.Value);
                    await Work(environment, 120 * Us);
                }

                await environment.Leave(ExokernelProtocol.Yield.Instance, 0);
            })
            .Start();
        scene.Run(3);
        Assert.Equal([SliceRefusal.Busy, SliceRefusal.Busy, SliceRefusal.Busy], refusals);
        Assert.Equal((1u, 0u, 0u), seen);
        Assert.Equal(0, Broken(scene));
    }

    [Fact]
    public void Who_sleeps_in_its_section_is_asked_for_memory_at_the_bound()
    {
        using var scene = new MemoryScene();
        scene.Add(async environment =>
        {
            environment.OnRequest = _ => environment.Return(environment.Frames[9]);
            await environment.SetUp(20);
            await environment.Call(new SectionCall.Register(environment.Frames[0], 0));
            Assert.True(environment.TryStore(0, 1));
            await environment.Work(120 * Us);
            await environment.SleepUntil(Picoseconds.PerSecond);
        });
        scene.Start().Revoke(0, 1, 100 * Us, 400 * Us).Run(2_000 * Us);
        Assert.InRange(scene.Environments[0].Heard[0].TimePs, 200 * Us, 205 * Us);
        Assert.Equal(RevocationResult.Returned, Assert.Single(scene.Revocations).Result);
        var charged = scene.Machine.KernelAccount.Entries()
            .Where(entry => entry.What == HardwareCosts.Interrupt).Sum(entry => entry.Count);
        Assert.Equal(1, charged);
    }

    [Fact]
    public void Its_words_lie_in_a_frame_of_ones_own()
    {
        var refusals = new List<ExokernelRefusal>();
        using var scene = new ExokernelScene()
            .With("victim", async environment =>
            {
                await Register(environment);
                await environment.Compute();
            })
            .With("other", async environment =>
            {
                var own = await environment.TakeFrame();
                foreach (var (frame, offset) in new[]
                    { (own - 1, 0), (own + 1, 0), (own, 2), (own, 4088), (own, -4), (own, 4084) })
                {
                    refusals.Add((await environment.Call(
                        new SectionCall.Register(frame, offset))).Refusal);
                }

                await environment.Compute();
            })
            .Start();
        scene.Run(4);
        Assert.Equal(
            [
                ExokernelRefusal.NotTheOwner, ExokernelRefusal.FrameIsFree,
                ExokernelRefusal.BadRange, ExokernelRefusal.BadRange, ExokernelRefusal.BadRange,
                ExokernelRefusal.None,
            ],
            refusals);
    }

    private static ExokernelScene Endless(params Guard[] guardsOff)
    {
        var scene = new ExokernelScene(guardsOff)
            .With("inside", async environment =>
            {
                await Register(environment);
                Store(environment, InsideOffset, 1);
                await environment.Compute();
            })
            .With("neighbour", environment => environment.Compute())
            .Start();
        return scene.Run(6.2);
    }

    private static MemoryScene Asked(long insideUs, Guards guards)
    {
        var scene = new MemoryScene(guards);
        scene.Add(async environment =>
        {
            environment.OnRequest = _ => environment.Return(environment.Frames[9]);
            await environment.SetUp(20);
            await environment.Call(new SectionCall.Register(environment.Frames[0], 0));
            Assert.True(environment.TryStore(0, 1));
            await environment.Work((100 + insideUs) * Us);
            Assert.True(environment.TryStore(0, 0));
            await environment.Call(new SectionCall.Leave());
        });
        scene.Start().Revoke(0, 1, 100 * Us, 400 * Us).Run(2_000 * Us);
        return scene;
    }

    private static long Broken(ExokernelScene scene) => scene.Kernel.BindingCounts
        .Single(count => count.Key == SecureBindings.BrokenSections).Value;

    private static async EmulatedTask Register(TestEnvironment environment)
    {
        var frame = await environment.TakeFrame();
        var mapped = await environment.Call(new KernelCall.MapPages(Page, frame, 1, true));
        Assert.Equal(ExokernelRefusal.None, mapped.Refusal);
        var registered = await environment.Call(new SectionCall.Register(frame, 0));
        Assert.Equal(ExokernelRefusal.None, registered.Refusal);
        Assert.Equal(0u, Load(environment, BrokenOffset));
    }

    private static async EmulatedTask Work(TestEnvironment environment, long forPs)
    {
        environment.CpuContext.Charge(HardwareCosts.Work, forPs);
        await environment.CpuContext.Sync();
    }

    private static void Store(TestEnvironment environment, int offset, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BitConverter.TryWriteBytes(bytes, value);
        Assert.True(environment.CpuContext.Mmu.TryWrite(
            (ulong)Frame.AddressOf(Page) + (uint)offset, bytes, out _));
    }

    private static uint Load(TestEnvironment environment, int offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Assert.True(environment.CpuContext.Mmu.TryRead(
            (ulong)Frame.AddressOf(Page) + (uint)offset, bytes, out _));
        return BitConverter.ToUInt32(bytes);
    }
}
