using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class ContainmentSpecs
{
    private const long RoundPs = 30 * Picoseconds.PerMicrosecond;

    [Fact]
    public void A_crash_frees_every_frame_function_and_vector_and_neighbours_go_on()
    {
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("neighbour", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("crashing", CorePlacement.Own, async program =>
            {
                await program.SetUp();
                var echo = new EchoDriver(program);
                await echo.Start();
                await echo.Associate();
                await program.Work(300 * Picoseconds.PerMicrosecond);
                throw new ComponentFailureException("the test wants it");
            })
            .Start();
        scene.Run(200 * Picoseconds.PerMicrosecond);
        var tables = scene.Machine.Frames.FreeFrameCount;
        Assert.Equal(2, scene.Kernel.ControlPlane.Extents().Count());

        scene.Run(200 * Picoseconds.PerMicrosecond);
        EchoOn(scene, 0, 10);

        var extent = Assert.Single(scene.Kernel.ControlPlane.Extents());
        Assert.Single(scene.Kernel.ControlPlane.Cards());
        Assert.Single(scene.Kernel.ControlPlane.Containers());
        Assert.Equal(
            scene.Kernel.ControlPlane.Options.FrameCount - extent.Pages,
            scene.Kernel.ControlPlane.FreeFrames);
        Assert.True(scene.Machine.Frames.FreeFrameCount > tables, "its tables are free too");
        Assert.Equal(10, scene.Wire.Count);
        Assert.Null(scene.Card.StateOf(1)!.Mac);
        Assert.Empty(scene.Kernel.Faults);
        // Its core is everybody's again.
        Assert.Null(scene.Machine.Cores[1].Current);
        Assert.False(scene.Machine.Cores[1].IsExclusive);
    }

    [Fact]
    public void Frames_of_the_dead_hold_zeroes_for_whoever_gets_them_next()
    {
        byte[] seen = [1];
        using var scene = new KernelScene(new SceneOptions { Cores = 2 })
            .Tenant("secret", CorePlacement.Own, async program =>
            {
                await program.SetUp();
                program.Store(TestProgram.DataAddress, "a secret"u8);
                await program.Work(100 * Picoseconds.PerMicrosecond);
                throw new ComponentFailureException("the test wants it");
            })
            .Tenant("curious", CorePlacement.Own, async program =>
            {
                await program.Work(300 * Picoseconds.PerMicrosecond);
                await program.SetUp();
                seen = program.Load(TestProgram.DataAddress, 8);
            })
            .Start();
        scene.Run(100 * Picoseconds.PerMicrosecond);
        var first = Assert.Single(scene.Kernel.ControlPlane.Extents()).FirstFrame;

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(first, Assert.Single(scene.Kernel.ControlPlane.Extents()).FirstFrame);
        Assert.Equal(new byte[8], seen);
    }

    [Fact]
    public void The_operator_stops_a_container_and_its_own_core_serves_those_who_wait()
    {
        using var scene = new KernelScene(new SceneOptions { Cores = 2 })
            .Tenant("owner", CorePlacement.Own, Programs.Compute)
            .Tenant("shared[0]", CorePlacement.Shared, Programs.Compute)
            .Tenant("shared[1]", CorePlacement.Shared, Programs.Compute)
            .Start();
        scene.Run(100 * Picoseconds.PerMicrosecond);
        Assert.Null(scene.Domain("shared[1]").Programs[0].Context.Core);

        scene.Send(scene.Containers[0], new ContainerProtocol.Stop(), scene.NowPs);
        scene.Run(100 * Picoseconds.PerMicrosecond);

        Assert.Equal(0, scene.Domain("shared[1]").Programs[0].Context.Core!.Number);
        Assert.Equal(2, scene.Kernel.ControlPlane.Containers().Count());
    }

    [Fact]
    public void A_revoked_network_is_gone_its_tenant_is_told_and_its_sibling_sees_nothing()
    {
        var quiet = RunWithRevocation(false, out _);
        var revoked = RunWithRevocation(true, out var scene);
        using (scene)
        {
            Assert.Equal(quiet, revoked);
            Assert.Equal(40, revoked.Count);
            var victim = scene.Domain("victim");
            Assert.Single(
                victim.Heard, heard => heard.Message is ArrakisProtocol.CardRevoked);
            Assert.Equal(
                (long)victim.Programs[0].Card.Value,
                victim.Heard.Last(
                    heard => heard.Message is ArrakisProtocol.CardRevoked).Word);
            Assert.Single(scene.Kernel.ControlPlane.Cards());
        }
    }

    [Fact]
    public void The_registers_of_a_revoked_card_are_no_longer_there()
    {
        var faulted = false;
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("victim", CorePlacement.Own, async program =>
            {
                await program.SetUp();
                await program.Register(0x818, 1);
                await program.Work(200 * Picoseconds.PerMicrosecond);
                faulted = !program.TryStoreRegister(
                    (ulong)program.CardPlace.RegisterPage << 12, 1);
            })
            .Start();
        scene.Run(100 * Picoseconds.PerMicrosecond);

        scene.Send(
            scene.Kernel.Actor, new ContainerProtocol.RevokeNetwork("server.victim"),
            scene.NowPs);
        scene.Run(Picoseconds.PerMillisecond);

        Assert.True(faulted);
    }

    [Fact]
    public void A_dma_after_the_revocation_moves_no_byte()
    {
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("victim", CorePlacement.Own, Programs.PollingEcho)
            .Start();
        scene.Run(100 * Picoseconds.PerMicrosecond);
        var extent = Assert.Single(scene.Kernel.ControlPlane.Extents());
        var before = BytesOf(scene, extent);

        // The frame is on its way to memory when the card goes.
        scene.Arrive(KernelScene.FrameTo(0), scene.NowPs);
        scene.Send(
            scene.Kernel.Actor, new ContainerProtocol.RevokeNetwork("server.victim"),
            scene.NowPs);
        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(before, BytesOf(scene, extent));
        Assert.Empty(scene.Wire);
    }

    [Fact]
    public void What_is_shared_is_seen_by_both_and_goes_when_its_owner_takes_it_back()
    {
        byte[] before = [];
        var isThere = true;
        var handle = Handle.None;
        ContainerId receiver = default;
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("giver", CorePlacement.Own, async program =>
            {
                await program.SetUp();
                program.Store(TestProgram.DataAddress, "for both"u8);
                await program.Work(50 * Picoseconds.PerMicrosecond);
                handle = (await program.Call(new Command.ShareMemory(
                    default, program.Memory, receiver, CapabilityRights.Read))).Handle;
                await program.Work(200 * Picoseconds.PerMicrosecond);
                await program.Call(new Command.RevokeShares(default, program.Memory));
            })
            .Tenant("taker", CorePlacement.Own, async program =>
            {
                await program.Work(120 * Picoseconds.PerMicrosecond);
                var mapped = await program.Call(new Command.MapMemory(
                    default, handle, program.DomainHandle, 0, 0x400, 1,
                    CapabilityRights.Read));
                Assert.Equal(RefusalReason.None, mapped.Refusal);
                before = program.Load(0x400 << 12, 8);
                Assert.False(program.TryStore(0x400 << 12, "x"u8));
                await program.Work(300 * Picoseconds.PerMicrosecond);
                isThere = program.TryLoad(0x400 << 12, new byte[8]);
            })
            .Start();
        scene.Run(20 * Picoseconds.PerMicrosecond);
        receiver = scene.Kernel.ControlPlane.Containers().Last();

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal("for both"u8.ToArray(), before);
        Assert.False(isThere);
    }

    [Fact]
    public void Page_tables_are_given_back_with_what_they_map()
    {
        const int rounds = 200;
        long early = 0;
        long late = 0;
        KernelScene? running = null;
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("sparse", CorePlacement.Own, async program =>
            {
                for (var round = 0; round < rounds; round++)
                {
                    var memory = await program.Call(new Command.AllocateMemory(default, 3));
                    var page = DomainLayout.FirstFreePage + ((long)round << 27);
                    await program.Call(new Command.MapMemory(
                        default, memory.Handle, program.DomainHandle, 0, page, 3,
                        CapabilityRights.Read));
                    var other = await program.Call(new Command.CreateDomain(default));
                    await program.Call(new Command.DestroyDomain(default, other.Handle));
                    await program.Call(new Command.FreeMemory(default, memory.Handle));
                    var free = running!.Machine.Frames.FreeFrameCount;
                    (early, late) = round == 0 ? (free, free) : (early, free);
                }
            });
        running = scene;
        scene.Start().Run(100 * Picoseconds.PerMillisecond);

        Assert.True(scene.Domain("sparse").Programs[0].HasEnded);
        Assert.Equal(early, late);
    }

    [Fact]
    public void One_containers_page_tables_cannot_take_the_kernels_memory()
    {
        var refused = RefusalReason.None;
        using var scene = new KernelScene(new SceneOptions
        {
            Kernel = new ArrakisOptions { VirtualFunctions = 8, TableFramesPerContainer = 64 },
        })
            .Tenant("greedy", CorePlacement.Own, async program =>
            {
                var memory = await program.Call(new Command.AllocateMemory(default, 1));
                for (var round = 1L; round < 60 && refused == RefusalReason.None; round++)
                {
                    refused = (await program.Call(new Command.MapMemory(
                        default, memory.Handle, program.DomainHandle, 0, round << 27, 1,
                        CapabilityRights.Read))).Refusal;
                }
            })
            .Start();

        scene.Run(100 * Picoseconds.PerMillisecond);

        Assert.Equal(RefusalReason.MemoryLimitReached, refused);
    }

    private static List<long> RunWithRevocation(bool revokes, out KernelScene scene)
    {
        scene = new KernelScene(new SceneOptions())
            .Tenant("sibling", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("victim", CorePlacement.Own, Programs.PollingEcho)
            .Start();
        scene.Run(200 * Picoseconds.PerMicrosecond);
        if (revokes)
        {
            scene.Send(
                scene.Kernel.Actor, new ContainerProtocol.RevokeNetwork("server.victim"),
                scene.NowPs + (20 * RoundPs));
        }

        EchoOn(scene, 0, 40);
        return [.. scene.Wire.Select(frame => frame.TimePs)];
    }

    private static void EchoOn(KernelScene scene, int tenant, int count)
    {
        for (var number = 0; number < count; number++)
        {
            scene.Arrive(
                KernelScene.FrameTo(tenant, (ushort)number),
                scene.NowPs + (number * RoundPs));
        }

        scene.Run((count + 2) * RoundPs);
    }

    private static byte[] BytesOf(KernelScene scene, MemoryExtent extent)
    {
        var bytes = new byte[extent.Pages * Frame.SizeBytes];
        scene.Machine.Memory.Read(Frame.AddressOf(extent.FirstFrame), bytes);
        return bytes;
    }
}
