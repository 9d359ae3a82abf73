using Disguise.Actors.Time;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Profiles;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class SoftwareCardSpecs
{
    private const long PacketPs = KernelScene.SoftwarePacketPs;

    private static readonly SceneOptions OneFunction = new()
    {
        Cores = 5,
        Kernel = new ArrakisOptions
        {
            VirtualFunctions = 1,
            WhenFunctionsRunOut = WhenFunctionsRunOut.Emulate,
            SoftwareCards = 3,
        },
    };

    [Fact]
    public void A_card_in_software_echoes_and_each_packet_costs_the_dedicated_core_its_time()
    {
        using var scene = Echoes(2);
        Assert.False(scene.Domain("echo[0]").Programs[0].CardPlace.IsEmulated);
        Assert.True(scene.Domain("echo[1]").Programs[0].CardPlace.IsEmulated);

        var functionPs = EchoPs(scene, 0);
        var softwarePs = EchoPs(scene, 1);

        // One packet in, one out; a poller sees the one in at the end of a turn of its loop.
        Assert.InRange(softwarePs - functionPs, 2 * PacketPs, (2 * PacketPs) + 4_000);
        Assert.Equal(2, scene.Machine.KernelAccount.CountOf(ProfileCosts.SoftwareCardPacket));
        Assert.Null(scene.Machine.Cores[4].Current);
        Assert.Empty(scene.Kernel.Faults);
    }

    [Fact]
    public void All_software_cards_share_one_core_that_works_packet_by_packet()
    {
        using var scene = Echoes(4);
        var startPs = scene.NowPs;
        for (var tenant = 1; tenant < 4; tenant++)
            scene.Arrive(KernelScene.FrameTo(tenant), startPs);

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(3, scene.Wire.Count);
        // Three packets in, then three out: the last to leave has waited for all six.
        Assert.True(scene.Wire[^1].TimePs - startPs > 6 * PacketPs);
        Assert.True(scene.Wire[^1].TimePs - startPs < 8 * PacketPs);
    }

    [Fact]
    public void A_doorbell_of_a_software_card_wakes_its_context_up()
    {
        using var scene = new KernelScene(OneFunction)
            .Tenant("first", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("sleeping", CorePlacement.Shared, Programs.SleepingEcho)
            .Start();
        scene.Run(Picoseconds.PerMillisecond);

        for (ushort number = 0; number < 5; number++)
        {
            scene.Arrive(
                KernelScene.FrameTo(1, number),
                scene.NowPs + (number * 50 * Picoseconds.PerMicrosecond));
        }

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(5, scene.Wire.Count);
    }

    [Fact]
    public void What_the_core_cannot_keep_up_with_is_dropped_and_counted()
    {
        using var scene = Echoes(2);
        const int count = 3_000;
        for (var number = 0; number < count; number++)
        {
            scene.Arrive(
                KernelScene.FrameTo(1, (ushort)number), scene.NowPs + (number * 500_000L));
        }

        scene.Run(20 * Picoseconds.PerMillisecond);

        var packets = scene.Card.StateOf(1)!.Statistics!.Packets;
        Assert.True(packets.DroppedFor(NicDrops.SoftwareBacklogFull) > 0);
        Assert.Equal(count, packets.Received - scene.Wire.Count);
        Assert.Equal(0, packets.Inside);
        Assert.Equal(0, scene.Island.Frames.Count);
    }

    [Fact]
    public void A_revoked_software_card_is_free_for_the_next_tenant()
    {
        using var scene = new KernelScene(OneFunction with
        {
            Kernel = OneFunction.Kernel with { SoftwareCards = 1 },
        })
            .Tenant("first", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("victim", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("late", CorePlacement.Own, async program =>
            {
                await program.Work(500 * Picoseconds.PerMicrosecond);
                await Programs.PollingEcho(program);
            })
            .Start();
        scene.Run(200 * Picoseconds.PerMicrosecond);
        scene.Send(
            scene.Kernel.Actor, new ContainerProtocol.RevokeNetwork("server.victim"),
            scene.NowPs);
        scene.Run(Picoseconds.PerMillisecond);

        scene.Arrive(KernelScene.FrameTo(1), scene.NowPs);
        scene.Arrive(KernelScene.FrameTo(2), scene.NowPs);
        scene.Run(Picoseconds.PerMillisecond);

        Assert.Single(scene.Wire);
        Assert.Equal(KernelScene.MacOf(2), scene.Card.StateOf(1)!.Mac);
    }

    [Fact]
    public void Without_software_cards_the_next_tenant_is_refused()
    {
        var refusal = RefusalReason.None;
        using var scene = new KernelScene(OneFunction with
        {
            Kernel = OneFunction.Kernel with
            {
                SoftwareCards = 0,
                WhenFunctionsRunOut = WhenFunctionsRunOut.Refuse,
            },
        })
            .Tenant("first", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("second", CorePlacement.Own, async program =>
            {
                await program.Work(500 * Picoseconds.PerMicrosecond);
                refusal = (await program.Call(
                    new Command.CreateCard(default, program.DomainHandle, 0, 1))).Refusal;
            })
            .Start();

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(RefusalReason.FunctionsExhausted, refusal);
    }

    private static KernelScene Echoes(int count)
    {
        var scene = new KernelScene(OneFunction);
        for (var tenant = 0; tenant < count; tenant++)
        {
            var wait = tenant * 40 * Picoseconds.PerMicrosecond;
            scene.Tenant($"echo[{tenant}]", CorePlacement.Own, async program =>
            {
                // The first comes first, and is served by the function.
                await program.Work(wait);
                await Programs.PollingEcho(program);
            });
        }

        return scene.Start().Run(Picoseconds.PerMillisecond);
    }

    private static long EchoPs(KernelScene scene, int tenant)
    {
        var startPs = scene.NowPs;
        scene.Arrive(KernelScene.FrameTo(tenant), startPs);
        scene.Run(100 * Picoseconds.PerMicrosecond);
        return scene.Wire[^1].TimePs - startPs;
    }
}
