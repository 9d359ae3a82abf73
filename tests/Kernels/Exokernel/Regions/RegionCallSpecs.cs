using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Profiles;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel.Regions;

/// <summary>Software regions as calls of environments, and attacks on them.</summary>
public sealed class RegionCallSpecs
{
    [Fact]
    public void Who_has_the_capability_reads_by_a_call_and_writes_nothing()
    {
        ulong read = 0;
        var refused = ExokernelRefusal.None;
        using var scene = new RegionCallScene();
        scene.Run(async environment =>
        {
            Assert.Equal(
                ExokernelRefusal.None, await scene.Read(environment, RegionCallScene.PeerSlot));
            read = RegionCallScene.Load(environment);
            refused = await scene.Write(environment, RegionCallScene.PeerSlot, 7);
        });
        Assert.Equal(RegionCallScene.Value, read);
        Assert.Equal(ExokernelRefusal.NotDominated, refused);
        Assert.Equal(RegionCallScene.Value, scene.InMemory());
        Assert.Equal(3, scene.CountOf(SecureBindings.RegionChecks));
        Assert.Equal(16, scene.CountOf(SecureBindings.RegionBytes));
        Assert.Equal(1, scene.CountOf(SecureBindings.RegionRefusals));
        Assert.Empty(scene.Findings());
    }

    [Fact]
    public void Whoever_knows_its_number_alone_reads_and_writes_nothing()
    {
        using var scene = new RegionCallScene();
        var (read, written) = Intrude(scene);
        Assert.Equal(ExokernelRefusal.NotDominated, read);
        Assert.Equal(ExokernelRefusal.NotDominated, written);
        Assert.Equal(RegionCallScene.Value, scene.InMemory());
    }

    [Fact]
    public void Without_the_guard_of_capabilities_the_number_is_enough()
    {
        using var scene = new RegionCallScene(RegionGuards.Capability);
        var (read, written) = Intrude(scene);
        Assert.Equal(ExokernelRefusal.None, read);
        Assert.Equal(ExokernelRefusal.None, written);
        Assert.Equal(RegionCallScene.Value + 1, scene.InMemory());
    }

    [Fact]
    public void Nobody_maps_the_frame_of_a_region_and_goes_round_the_calls()
    {
        using var scene = new RegionCallScene();
        Assert.Equal(ExokernelRefusal.FrameHasRegion, MapAndScribble(scene));
        Assert.Equal(RegionCallScene.Value, scene.InMemory());
        Assert.Empty(scene.Findings());
    }

    [Fact]
    public void Without_the_guard_of_mappings_its_owner_writes_without_a_call()
    {
        using var scene = new RegionCallScene(RegionGuards.Mapping);
        Assert.Equal(ExokernelRefusal.None, MapAndScribble(scene));
        Assert.Equal(7ul, scene.InMemory());
        Assert.Contains(scene.Findings(), finding => finding.Contains("is mapped"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_page_that_is_read_back_goes_over_no_region(bool isGuarded)
    {
        ExokernelRefusal? refusal = null;
        using var scene = isGuarded
            ? new RegionCallScene() : new RegionCallScene(RegionGuards.Mapping);
        scene.OwnerThen = async environment =>
        {
            var saved = await environment.Call(
                new MemoryCall.SubmitPage(await environment.TakeFrame()));
            refusal = (await environment.Call(
                new MemoryCall.ReadBack(saved.Value, scene.RegionFrame))).Refusal;
            await environment.Compute();
        };
        scene.Run(environment => environment.Compute());
        Assert.Equal(
            isGuarded ? ExokernelRefusal.FrameHasRegion : ExokernelRefusal.None, refusal);
        Assert.Equal(isGuarded ? RegionCallScene.Value : 0, scene.InMemory());
    }

    [Fact]
    public void A_frame_that_is_mapped_or_anothers_takes_no_region()
    {
        var refusals = new List<ExokernelRefusal>();
        using var scene = new RegionCallScene();
        scene.Run(async environment =>
        {
            var own = Capability.OfEnvironment(RegionCallScene.Peer, 0);
            var mapped = scene.RegionFrame + 1;
            for (var frame = scene.RegionFrame; frame <= mapped; frame++)
            {
                refusals.Add((await environment.Call(new RegionCall.Create(
                    new RegionRange(frame, 0, 8), own, own, 0))).Refusal);
            }

            var free = await environment.TakeFrame();
            foreach (var reader in new[] { Capability.None, own })
            {
                refusals.Add((await environment.Call(new RegionCall.Create(
                    new RegionRange(free, 4090, 8), reader, own, 0))).Refusal);
            }
        });
        Assert.Equal(
            [
                ExokernelRefusal.FrameNotGiven, ExokernelRefusal.FrameNotGiven,
                ExokernelRefusal.BadCapability, ExokernelRefusal.BadRange,
            ],
            refusals);
    }

    [Theory]
    [InlineData(0, 65, 0, ExokernelRefusal.BadRange)]
    [InlineData(-1, 8, 0, ExokernelRefusal.BadRange)]
    [InlineData(64, int.MaxValue, 0, ExokernelRefusal.BadRange)]
    [InlineData(0, 8, 4096, ExokernelRefusal.NotBound)]
    [InlineData(0, 8, 4092, ExokernelRefusal.NotBound)]
    [InlineData(0, 8, 4088, ExokernelRefusal.None)]
    public void A_call_copies_within_the_region_and_what_its_caller_has_mapped(
        int offset, int length, int beyond, ExokernelRefusal expected)
    {
        ExokernelRefusal? refusal = null;
        using var scene = new RegionCallScene();
        scene.Run(async environment => refusal = await scene.Read(
            environment, RegionCallScene.PeerSlot, offset, length,
            RegionCallScene.Buffer + (ulong)beyond));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void A_region_ends_by_its_maker_or_with_its_frame()
    {
        var refusals = new List<ExokernelRefusal>();
        using var scene = new RegionCallScene();
        scene.OwnerThen = async environment =>
        {
            while (refusals.Count == 0)
                await Pause(environment);
            refusals.Add((await environment.Call(
                new MemoryCall.FreeFrames(scene.RegionFrame, 1, 0))).Refusal);
            await environment.Compute();
        };
        scene.Run(async environment =>
        {
            refusals.Add(
                (await environment.Call(new RegionCall.Remove(scene.Region))).Refusal);
            while (refusals.Count < 2)
                await Pause(environment);
            refusals.Add(await scene.Read(environment, RegionCallScene.PeerSlot));
        });
        Assert.Equal(
            [
                ExokernelRefusal.NotTheOwner, ExokernelRefusal.None,
                ExokernelRefusal.NoSuchRegion,
            ],
            refusals);
        Assert.Empty(scene.Findings());
    }

    [Fact]
    public void Who_may_read_a_region_sleeps_for_a_word_of_it_and_others_do_not()
    {
        int? tag = null, refused = null;
        using var scene = new RegionCallScene();
        scene.OwnerThen = async environment =>
        {
            while (refused is null)
                await Pause(environment);
            await scene.Write(environment, 0, 42);
            await environment.Compute();
        };
        scene.Run(
            async environment => tag = await environment.SleepFor(
                await Is(environment, RegionCallScene.PeerSlot), Picoseconds.PerSecond),
            async environment => refused = await environment.SleepFor(
                await Is(environment, 0), Picoseconds.PerSecond));
        Assert.Equal(9, tag);
        Assert.Equal(-1, refused);

        async Actors.Execution.EmulatedTask<WakeupPredicate> Is(
            TestEnvironment environment, int slot)
        {
            var found = await environment.Call(new RegionCall.Find(scene.Region));
            Assert.Equal(RegionCallScene.LengthBytes, found.Second);
            return WakeupPredicate.Of(
                PredicateOperand.Word(found.Value, slot), PredicateOperator.Equal,
                PredicateOperand.Number(42), tag: 9);
        }
    }

    [Fact]
    public void An_access_costs_a_call_and_its_bytes()
    {
        long startPs = 0, endPs = 0;
        using var scene = new RegionCallScene();
        scene.Run(async environment =>
        {
            startPs = environment.CpuContext.ClockPs;
            await scene.Read(environment, RegionCallScene.PeerSlot, length: 40);
            endPs = environment.CpuContext.ClockPs;
        });
        var costs = scene.Machine.Machine.Costs;
        Assert.Equal(
            costs.Of(HardwareCosts.Trap) + costs.Of(ExokernelCosts.KernelCallDemultiplex)
            + costs.Of(ExokernelCosts.KernelCall) + (40 * costs.Of(HardwareCosts.PageCopyByte))
            + costs.Of(HardwareCosts.TrapReturn),
            endPs - startPs);
    }

    [Fact]
    public void It_is_shown_with_the_names_that_open_it()
    {
        using var scene = new RegionCallScene();
        scene.Run(environment => environment.Compute());
        var at = Frame.AddressOf(scene.RegionFrame) + 96;
        Assert.Contains(
            $"server.owner region[0] physical 0x{at:x} bytes 64 read /0000000001 write /00000000",
            scene.Machine.Kernel.Inspected.Bindings!.Select(entry => entry.ToString()));
    }

    private static (ExokernelRefusal Read, ExokernelRefusal Written) Intrude(
        RegionCallScene scene)
    {
        ExokernelRefusal? read = null, written = null;
        scene.Run(
            environment => environment.Compute(),
            async environment =>
            {
                read = await scene.Read(environment, 0);
                written = await scene.Write(environment, 0, RegionCallScene.Value + 1);
            });
        return (read!.Value, written!.Value);
    }

    private static ExokernelRefusal MapAndScribble(RegionCallScene scene)
    {
        ExokernelRefusal? refusal = null;
        scene.OwnerThen = async environment =>
        {
            refusal = (await environment.Call(
                new KernelCall.MapPages(0x300, scene.RegionFrame, 1, true))).Refusal;
            environment.CpuContext.Mmu.TryWriteUInt64(
                (ulong)Frame.AddressOf(0x300) + 96, 7, out _);
            await environment.Compute();
        };
        scene.Run(environment => environment.Compute());
        return refusal!.Value;
    }

    private static async Actors.Execution.EmulatedTask Pause(TestEnvironment environment)
    {
        environment.CpuContext.Charge(HardwareCosts.Work, 10_000_000);
        await environment.CpuContext.Sync();
    }
}
