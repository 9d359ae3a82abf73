using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Tests.Exokernel.MemoryScenes;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>
/// What referees ask of an Exokernel: a machine that is sound has no findings, and each thing that
/// is broken behind the kernel's back is one.
/// </summary>
public sealed class AuditSpecs
{
    private const long Us = 1_000_000;
    private const long FirstPage = MemoryScenes.MemoryEnvironment.FirstPage;
    private const long UnboundPage = FirstPage + 9;
    private const PageRights Rights = PageRights.User | PageRights.Writable;

    private static readonly (string Finding, TlbModel Tlb, Action<MemoryScene> Break)[] Memory =
    [
        ("the TLB of core 0 leads page 521 of server.env[1]", TlbModel.Default, scene =>
            scene.Machine.Cores[0].Mmu.Tlb.Insert(
                SoftwareRefill.IdOf(1), (ulong)Frame.AddressOf(UnboundPage), Stolen(scene).Entry)),
        ("the TLB of core 1 leads page 512 of server.env[1]", MemoryScene.SoftwareTlb, scene =>
            scene.Machine.Cores[1].Mmu.Tlb.Insert(
                SoftwareRefill.IdOf(1), (ulong)Frame.AddressOf(FirstPage),
                Stolen(scene).Entry)),
        ("the TLB of core 2 has page 521 of an environment", TlbModel.Default, scene =>
            scene.Machine.Cores[2].Mmu.Tlb.Insert(
                SoftwareRefill.IdOf(8), (ulong)Frame.AddressOf(UnboundPage),
                Stolen(scene).Entry)),
        ("the software TLB leads page 521 of server.env[1]", MemoryScene.SoftwareTlb, scene =>
            Books(scene).SoftwareTlb!.Insert(Stolen(scene))),
        ("the page table of server.env[1] leads page 521", TlbModel.Default, scene =>
            One(scene).Memory.Table!.Enter(Stolen(scene))),
        ("page 512 of server.env[1] leads elsewhere", TlbModel.Default, scene =>
            One(scene).Memory.Table!.Enter(
                Stolen(scene) with { VirtualPage = FirstPage })),
        ("which nobody owns", TlbModel.Default, scene =>
            Books(scene).Enter(Stolen(scene) with { Frame = 3_000 })),
        ("can write the page table", TlbModel.Default, scene =>
            Books(scene).Enter(Stolen(scene) with { Frame = TableOf(scene) })),
        ("is none that environments can have", TlbModel.Default, scene =>
            scene.Machine.Frames.Transfer(
                MemoryEffects.Environments, KernelState.FrameOwner, Stolen(scene).Frame)),
        ("it is not all that are not free", MemoryScene.SoftwareTlb, scene =>
        {
            Books(scene).Frames.Admit(900);
            Books(scene).Frames.Allocate(900, 3_000, Capability.OfEnvironment(900, 0));
        }),
        ("does not lead function 0 by server.env[1]", TlbModel.Default, scene =>
            One(scene).Memory.Function = 0),
    ];

    private static readonly (string Finding, Action<MemoryScene> Break)[] Capabilities =
    [
        ("credential 3, /:7, descends from none", scene =>
            Books(scene).Credentials.Place(1, 3, Capability.Root)),
        ("credential 3, /01c00000:7, descends from none", scene =>
            Books(scene).Credentials.Place(1, 3, Capability.OfEnvironment(7, 0))),
        ("credential 3, /00000001:7, descends from none", scene =>
            Books(scene).Credentials.Place(1, 3, Capability.OfEnvironment(0, 1))),
        ("has no credential to itself", scene =>
            Books(scene).Credentials.Place(1, 0, Capability.None)),
        ("nobody controls frame", scene => Books(scene).Frames.Change(
            Stolen(scene).Frame, 0, Capability.OfEnvironment(0, 0).With(default))),
        ("is opened by invalid", scene => Books(scene).Frames.Change(
            Stolen(scene).Frame, 1, new Capability(0x80))),
        ("is opened by others", scene => Books(scene).Frames.Change(
            TableOf(scene), 1, Capability.OfEnvironment(0, 0))),
    ];

    public static TheoryData<string> BrokenMemory => [.. Memory.Select(one => one.Finding)];

    public static TheoryData<string> BrokenCapabilities =>
        [.. Capabilities.Select(one => one.Finding)];

    [Theory]
    [MemberData(nameof(BrokenMemory))]
    public void What_leads_to_a_frame_and_was_not_bound_is_found(string finding)
    {
        var broken = Memory.Single(one => one.Finding == finding);
        using var scene = Sound(broken.Tlb);
        Assert.Empty(FramesOf(scene.Kernel));

        broken.Break(scene);

        Assert.Contains(FramesOf(scene.Kernel), found => found.Contains(finding));
    }

    [Theory]
    [MemberData(nameof(BrokenCapabilities))]
    public void A_capability_that_nobody_was_given_is_found(string finding)
    {
        var broken = Capabilities.Single(one => one.Finding == finding);
        using var scene = Sound(TlbModel.Default);
        Assert.Empty(CapabilitiesOf(scene.Kernel, out var count));
        // Of each environment a credential, four pages, four tables.
        Assert.Equal(2 * (1 + 4 + 4), count);

        broken.Break(scene);

        Assert.Contains(CapabilitiesOf(scene.Kernel, out _), found => found.Contains(finding));
    }

    [Fact]
    public void What_an_environment_gave_before_it_ended_is_no_fault()
    {
        var given = Capability.OfEnvironment(0, 0).Below(1, CapabilityPermissions.Write);
        var taken = default(CallResult);
        using var scene = new ExokernelScene()
            .With("giver", async environment =>
            {
                await environment.Call(new MemoryCall.Offer(0, 1, given));
                await environment.Leave(ExokernelProtocol.Yield.Instance, 1);
                await environment.Leave(ExokernelProtocol.Exit.Instance);
            })
            .With("taker", async environment =>
            {
                taken = await environment.Call(new MemoryCall.Acquire(0, 2));
                await environment.Compute();
            })
            .Start()
            .Run(3);
        Assert.Equal(ExokernelRefusal.None, taken.Refusal);

        Assert.Equal(1, scene.Kernel.EnvironmentCount);
        Assert.Empty(CapabilitiesOf(scene.Kernel, out _));
    }

    [Fact]
    public void A_function_that_reaches_memory_and_is_nobodys_is_found()
    {
        using var scene = new ExokernelScene()
            .With("bound", async environment => await environment.BindNetwork(0))
            .Start()
            .Run(0.5);
        Assert.Equal(ExokernelRefusal.None, scene.Environments[0].LastResult.Refusal);
        Assert.Empty(FramesOf(scene.Kernel));

        scene.Kernel.State.Environments.ByNumber(0)!.Memory.Function = -1;

        var findings = FramesOf(scene.Kernel);
        Assert.Contains("server: function 0 is nobody's and the IOMMU lets it in", findings);
        Assert.Contains(findings, found => found.Contains("page 16 of server.bound"));
    }

    [Fact]
    public void A_shared_card_reaches_packet_buffers_of_the_kernels_and_what_else_it_does_is_found()
    {
        using var scene = new ExokernelScene { Network = new SilentNetwork() }
            .With("bound", async environment =>
            {
                var frame = await environment.TakeFrame();
                await environment.Call(new KernelCall.MapPages(
                    EnvironmentLayout.FirstFreePage, frame, 1, IsWritable: true));
                var ring = (ulong)Frame.AddressOf(EnvironmentLayout.FirstFreePage);
                await environment.Call(new KernelCall.BindPackets(
                    0, ExokernelScene.MacOf(0).Value, ExokernelScene.IpOf(0).Value, 7, 0,
                    new PacketRingPlace(ring, 8, ring + 2048, 8)));
                await environment.Compute();
            })
            .Start()
            .Run(0.5);
        var state = scene.Kernel.State;
        Assert.NotNull(state.Environments.ByNumber(0)!.Network?.Shared);
        Assert.Empty(FramesOf(scene.Kernel));

        var stolen = Frame.AddressOf(state.Memory.Frames.FramesOf(0).First());
        state.Network.Card!.Reachable.Map((ulong)stolen, stolen, PageRights.User);

        Assert.Contains(
            FramesOf(scene.Kernel),
            found => found.StartsWith("server: the table of the physical function leads page "));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_the_guard_of_memory_a_predicate_that_looks_at_anothers_page_is_found(
        bool isGuarded)
    {
        long frame = 0;
        using var scene = new ExokernelScene(isGuarded ? [] : [PredicateGuards.Memory])
            .With("victim", async environment =>
            {
                frame = await environment.TakeFrame();
                await environment.Compute();
            })
            .With("thief", async environment =>
            {
                await environment.SleepFor(
                    WakeupPredicate.Of(
                        PredicateOperand.Word(Frame.AddressOf(frame), 0),
                        PredicateOperator.Equal, PredicateOperand.Number(7)),
                    Picoseconds.PerSecond);
                await environment.Compute();
            })
            .Start()
            .Run(3.5);

        Assert.Equal(
            isGuarded ? [] : [$"server: server.thief looks at 0x{Frame.AddressOf(frame):x}, "
                + "which is not open to it"],
            FramesOf(scene.Kernel));
    }

    [Fact]
    public void A_page_table_that_another_reads_or_looks_at_is_out_of_reach_when_its_owner_ends()
    {
        long frame = 0;
        int? tag = null;
        var bound = default(CallResult);
        using var scene = new ExokernelScene()
            .With("owner", async environment =>
            {
                await environment.Call(new MemoryCall.Offer(
                    0, 1, Capability.OfEnvironment(0, 0)));
                await environment.Compute();
            })
            .With("reader", async environment =>
            {
                await environment.Call(new MemoryCall.Acquire(0, 2));
                bound = await environment.Call(new MemoryCall.EditPages(
                [
                    new TableEdit(
                        TableEditKind.Insert, UnboundPage, frame, PageRights.None, 2),
                ]));
                tag = await environment.SleepFor(
                    WakeupPredicate.Of(
                        PredicateOperand.Word(Frame.AddressOf(frame), 2),
                        PredicateOperator.Equal, PredicateOperand.Number(7)),
                    Picoseconds.PerSecond);
                await environment.Compute();
            })
            .Start();
        frame = Frame.NumberOf(
            scene.Run(0.001).Kernel.State.Environments.ByNumber(0)!.Memory.Space.RootAddress);
        scene.Run(2.5);
        Assert.Equal((ExokernelRefusal.None, null), (bound.Refusal, tag));
        scene.End(0);
        scene.Run(2);

        Assert.Equal(1, scene.Kernel.EnvironmentCount);
        Assert.Empty(FramesOf(scene.Kernel));
        Assert.Equal(PredicateBook.BrokenTag, tag);
    }

    private static MemoryScene Sound(TlbModel tlb)
    {
        var scene = new MemoryScene(tlb: tlb);
        for (var number = 0; number < 2; number++)
        {
            scene.Add(async environment =>
            {
                await environment.SetUp(4);
                for (var page = 0; page < 4; page++)
                    Assert.True(environment.TryStore(page, 1));
            });
        }

        return scene.Start().Run(500 * Us);
    }

    private static MemoryEffects Books(MemoryScene scene) => scene.Kernel.State.Memory;

    private static EnvironmentRecord One(MemoryScene scene) =>
        scene.Kernel.State.Environments.ByNumber(1)!;

    /// <summary>A page of environment 1 that leads to the first frame of environment 0.</summary>
    private static Binding Stolen(MemoryScene scene) =>
        new(1, UnboundPage, scene.Environments[0].Frames[0], Rights);

    private static long TableOf(MemoryScene scene) => Books(scene).Frames.FramesOf(1)
        .First(frame => Books(scene).Frames.UseOf(frame) == FrameUse.Table);

    private static List<string> FramesOf(ExokernelKernel kernel)
    {
        var findings = new List<string>();
        kernel.CheckFrames(findings);
        return findings;
    }

    private static List<string> CapabilitiesOf(ExokernelKernel kernel, out long count)
    {
        var findings = new List<string>();
        count = kernel.CheckCapabilities(findings);
        return findings;
    }
}
