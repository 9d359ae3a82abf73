using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class KernelAttackSpecs
{
    [Fact]
    public void A_forged_handle_is_refused_and_counted()
    {
        var answer = DeleteNeighboursCard(Guards.All, out var scene);
        using (scene)
        {
            Assert.NotEqual(RefusalReason.None, answer);
            Assert.Equal(1, scene.Kernel.Refusals[answer]);
            Assert.Single(scene.Kernel.ControlPlane.Cards());
        }
    }

    [Fact]
    public void Without_the_guard_a_forged_handle_deletes_the_neighbours_card()
    {
        var answer = DeleteNeighboursCard(
            Guards.AllBut(CapabilityGuards.Handle), out var scene);
        using (scene)
        {
            Assert.Equal(RefusalReason.None, answer);
            Assert.Empty(scene.Kernel.ControlPlane.Cards());
        }
    }

    [Fact]
    public void A_filter_on_someone_elses_traffic_is_refused_and_the_frame_reaches_its_owner()
    {
        var answer = StealTraffic(Guards.All, out var scene);
        using (scene)
        {
            Assert.Equal(RefusalReason.AddressNotOwned, answer);
            Assert.Equal(1, scene.Kernel.Refusals[RefusalReason.AddressNotOwned]);
            Assert.Equal(KernelScene.MacOf(0).Value, SourceOf(Assert.Single(scene.Wire).Bytes));
        }
    }

    [Fact]
    public void Without_the_guard_the_thief_gets_the_frame()
    {
        var answer = StealTraffic(Guards.AllBut(FilterOwnership.Guard), out var scene);
        using (scene)
        {
            Assert.Equal(RefusalReason.None, answer);
            var statistics = scene.Card.StateOf(1)!.Statistics!;
            Assert.Equal(1, statistics.GoodPacketsReceived);
            Assert.Equal(0, scene.Card.StateOf(0)!.Statistics?.GoodPacketsReceived ?? 0);
        }
    }

    [Fact]
    public void A_store_to_a_foreign_doorbell_faults_and_reaches_no_register()
    {
        Assert.False(RingForeignDoorbell(Guards.All, out var scene));
        using (scene)
            Assert.Null(scene.Card.StateOf(0)!.Statistics);
    }

    [Fact]
    public void Without_page_protection_the_foreign_doorbell_rings()
    {
        Assert.True(RingForeignDoorbell(
            Guards.AllBut(MemoryGuards.PageProtection), out var scene));
        using (scene)
            Assert.NotNull(scene.Card.StateOf(0)!.Statistics);
    }

    [Fact]
    public void What_only_the_operator_may_ask_a_tenant_is_refused()
    {
        var answers = new List<RefusalReason>();
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("victim", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("evil", CorePlacement.Own, async program =>
            {
                await program.Work(200 * Picoseconds.PerMicrosecond);
                foreach (var command in new Command[]
                {
                    new Command.RevokeCard(ContainerId.Operator, 0),
                    new Command.DestroyContainer(
                        ContainerId.Operator, new ContainerId(1, 1)),
                    new Command.CreateContainer(
                        ContainerId.Operator,
                        [new ContainerAddress(KernelScene.MacOf(9).Value, 0x0A000909)], 1),
                })
                {
                    answers.Add((await program.Call(command)).Refusal);
                }
            })
            .Start();

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(3, answers.Count);
        Assert.All(answers, answer => Assert.Equal(RefusalReason.NotTheOperator, answer));
        Assert.Single(scene.Kernel.ControlPlane.Cards());
    }

    [Fact]
    public void A_dma_outside_the_tenants_memory_is_reported_to_the_kernel()
    {
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("evil", CorePlacement.Own, async program =>
            {
                await program.SetUp();
                var echo = new EchoDriver(program);
                await echo.Start();
                // The buffer stands where the tenant has nothing.
                var bytes = new byte[16];
                new TransmitDescriptor(
                    0x7000_0000, 64,
                    TransmitCommand.EndOfPacket | TransmitCommand.ReportStatus, 64).Write(bytes);
                program.Store(EchoDriver.TransmitRing, bytes);
                await program.Register(
                    FunctionRegisters.Transmit(0, FunctionRegisters.Tail), 1);
            })
            .Start();

        scene.Run(Picoseconds.PerMillisecond);

        var fault = Assert.Single(scene.Kernel.Faults);
        Assert.Equal(scene.Card.FunctionOf(0), fault.Requester);
        Assert.Equal(1, scene.Kernel.FaultCount);
        Assert.Equal(0, scene.Machine.Iommu.Faults.Count);
        Assert.Empty(scene.Wire);
    }

    private static RefusalReason DeleteNeighboursCard(Guards guards, out KernelScene scene)
    {
        var answer = RefusalReason.None;
        var guess = Handle.None;
        scene = new KernelScene(new SceneOptions { Guards = guards })
            .Tenant("victim", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("evil", CorePlacement.Own, async program =>
            {
                await program.Work(200 * Picoseconds.PerMicrosecond);
                // The slot is easy to guess, the tag is not.
                guess = Handle.Of(SlotOfTheCard(program.Domain.Scene), 12_345);
                answer = (await program.Call(
                    new Command.DeleteCard(default, guess))).Refusal;
            })
            .Start();
        scene.Run(Picoseconds.PerMillisecond);
        return answer;
    }

    private static int SlotOfTheCard(KernelScene scene) => scene.Kernel.ControlPlane.Capabilities
        .Single(capability => capability.Kind == CapabilityKind.VirtualInterfaceCard).Slot;

    private static RefusalReason StealTraffic(Guards guards, out KernelScene scene)
    {
        var answer = RefusalReason.None;
        scene = new KernelScene(new SceneOptions { Guards = guards, Model = NicModel.Ideal })
            .Tenant("victim", CorePlacement.Own, Programs.PollingEcho)
            .Tenant("evil", CorePlacement.Own, async program =>
            {
                await program.Work(100 * Picoseconds.PerMicrosecond);
                await program.SetUp();
                var echo = new EchoDriver(program);
                await echo.Start();
                var filter = await program.Call(new Command.CreateFilter(
                    default,
                    new FilterSpecification
                    {
                        Direction = FilterDirection.Receive,
                        Level = FilterLevel.Udp,
                        LocalMac = KernelScene.MacOf(0).Value,
                        LocalIp = KernelScene.IpOf(0).Value,
                        Services = [7],
                    }));
                answer = filter.Refusal;
                if (answer == RefusalReason.None)
                {
                    answer = (await program.Call(new Command.AssignFilter(
                        default, filter.Handle, program.Card, 0))).Refusal;
                }
            })
            .Start();
        scene.Run(300 * Picoseconds.PerMicrosecond);
        scene.Arrive(KernelScene.FrameTo(0), scene.NowPs);
        scene.Run(200 * Picoseconds.PerMicrosecond);
        return answer;
    }

    private static bool RingForeignDoorbell(Guards guards, out KernelScene scene)
    {
        var rang = false;
        scene = new KernelScene(new SceneOptions { Guards = guards })
            .Tenant("victim", CorePlacement.Own, async program => await program.SetUp())
            .Tenant("evil", CorePlacement.Own, async program =>
            {
                await program.Work(200 * Picoseconds.PerMicrosecond);
                await program.SetUp();
                // Where the physical address of the victim's registers would be mapped, if it
                // were. A bad queue makes the function count a refusal.
                var scene = program.Domain.Scene;
                rang = program.TryStoreRegister(
                    (ulong)scene.Card.RegistersOf(0) + 0x1FC0, 1);
            })
            .Start();
        scene.Run(Picoseconds.PerMillisecond);
        return rang;
    }

    private static ulong SourceOf(byte[] frame)
    {
        var source = 0UL;
        foreach (var part in frame.AsSpan(6, 6))
            source = (source << 8) | part;
        return source;
    }
}
