using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class DoorbellSpecs
{
    private const long SetUpPs = 200 * Picoseconds.PerMicrosecond;

    [Fact]
    public void A_doorbell_reaches_a_context_that_halts_on_its_own_core_without_the_kernel()
    {
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("echo", CorePlacement.Own, Programs.HaltingEcho)
            .Start();
        scene.Run(SetUpPs);
        var before = scene.ToKernel.Count;

        ArriveEvery(scene, 10, 20 * Picoseconds.PerMicrosecond);

        Assert.Equal(10, scene.Wire.Count);
        Assert.Equal(before, scene.ToKernel.Count);
        var domain = scene.Domain("echo");
        Assert.Equal(
            10, domain.Heard.Count(heard => heard.Message is CoreProtocol.VirtualInterrupt));
    }

    [Fact]
    public void On_a_shared_core_the_kernel_wakes_the_context_up()
    {
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("echo", CorePlacement.Shared, Programs.SleepingEcho)
            .Start();
        scene.Run(SetUpPs);
        var before = scene.ToKernel.Count;
        var arrivalPs = scene.NowPs;

        ArriveEvery(scene, 1, 20 * Picoseconds.PerMicrosecond);

        var echo = scene.Domain("echo").Programs[0];
        Assert.Single(scene.Wire);
        Assert.Equal(
            [typeof(CoreProtocol.KernelInterrupt), typeof(ArrakisProtocol.WaitForDoorbell)],
            scene.ToKernel.Skip(before).Select(delivered => delivered.Message.GetType()));
        Assert.All(
            scene.ToKernel.Skip(before),
            delivered => Assert.True(KernelMessages.IsScheduling(delivered.Message)));

        // Pipeline, frame and descriptor over PCI Express, MSI-X, interrupt, wake-up, choice (the
        // space is still in force) and return.
        var interruptPs = scene.ToKernel[before].TimePs;
        Assert.Equal(
            interruptPs + KernelScene.WakeUpPs + KernelScene.DispatchPs
                + KernelScene.TrapReturnPs,
            echo.Notes[0]);
        Assert.True(interruptPs > arrivalPs + KernelScene.InterruptPs);
    }

    [Fact]
    public void Sleeping_tenants_share_one_core_and_all_are_served()
    {
        var scene = new KernelScene(new SceneOptions { Cores = 1 });
        for (var tenant = 0; tenant < 5; tenant++)
            scene.Tenant($"echo[{tenant}]", CorePlacement.Shared, Programs.SleepingEcho);
        using var started = scene.Start();
        scene.Run(SetUpPs);

        for (var round = 0; round < 40; round++)
        {
            for (var tenant = 0; tenant < 5; tenant++)
            {
                scene.Arrive(
                    KernelScene.FrameTo(tenant, (ushort)round),
                    scene.NowPs + (round * 60 * Picoseconds.PerMicrosecond)
                        + (tenant * tenant * 300_000));
            }
        }

        scene.Run(10 * Picoseconds.PerMillisecond);

        Assert.Equal(200, scene.Wire.Count);
        Assert.Equal(0, scene.Kernel.StrayMessageCount);
    }

    [Fact]
    public void A_doorbell_that_rings_before_the_wait_is_not_lost()
    {
        var waited = 0;
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("echo", CorePlacement.Shared, async program =>
            {
                await program.SetUp();
                var echo = new EchoDriver(program);
                await echo.Start();
                await echo.Associate();
                await echo.Arm();
                // The frame comes and the doorbell rings while the program still computes.
                await program.Work(100 * Picoseconds.PerMicrosecond);
                await program.WaitForDoorbell();
                waited++;
            })
            .Start();
        scene.Run(60 * Picoseconds.PerMicrosecond);
        scene.Arrive(KernelScene.FrameTo(0), scene.NowPs);

        scene.Run(SetUpPs);

        Assert.Equal(1, waited);
        Assert.Single(
            scene.ToKernel, delivered => delivered.Message is CoreProtocol.KernelInterrupt);
    }

    [Theory]
    [InlineData(1, 208)]
    [InlineData(2, 216)]
    public void Doorbells_use_up_a_cores_vectors_and_then_those_of_another(
        int cores, int accepted)
    {
        const int cards = 36;
        var perCard = NicModel.Ideal.VectorsPerFunction;
        var answers = new List<RefusalReason>();
        using var scene = new KernelScene(new SceneOptions
        {
            Cores = cores,
            Model = NicModel.Ideal,
            Kernel = new ArrakisOptions { VirtualFunctions = 2 * cards },
        })
            .Tenant("many[0]", CorePlacement.Shared, AssociateMany)
            .Tenant("many[1]", CorePlacement.Shared, AssociateMany)
            .Start();

        async EmulatedTask AssociateMany(TestProgram program)
        {
            for (var card = 0; card < cards; card++)
            {
                var made = await program.Call(new Command.CreateCard(
                    default, program.DomainHandle, 0, perCard));
                for (var queue = 0; queue < perCard; queue++)
                {
                    var answer = await program.Call(new Command.AssociateDoorbell(
                        default, made.Handle, queue, DoorbellEvent.PacketArrival));
                    answers.Add(answer.Refusal);
                }
            }

            await program.Exit();
        }

        scene.Run(10 * Picoseconds.PerMillisecond);

        Assert.Equal(216, answers.Count);
        Assert.Equal(accepted, answers.Count(answer => answer == RefusalReason.None));
        Assert.All(
            answers.Skip(accepted),
            answer => Assert.Equal(RefusalReason.VectorsExhausted, answer));
        Assert.Equal(
            216 - accepted, scene.Kernel.Refusals[RefusalReason.VectorsExhausted]);
    }

    private static void ArriveEvery(KernelScene scene, int count, long stepPs)
    {
        for (var number = 0; number < count; number++)
        {
            scene.Arrive(
                KernelScene.FrameTo(0, (ushort)number), scene.NowPs + (number * stepPs));
        }

        scene.Run((count + 1) * stepPs);
    }
}
