using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.PacketFilters;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class SetUpSpecs
{
    [Fact]
    public void A_container_sets_itself_up_and_echoes_without_the_kernel()
    {
        EchoDriver? echo = null;
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("echo", CorePlacement.Own, async program =>
            {
                await program.SetUp();
                echo = new EchoDriver(program);
                await echo.Start();
                while (true)
                {
                    await echo.Poll();
                    await echo.Echo();
                }
            })
            .Start();
        scene.Run(100 * Picoseconds.PerMicrosecond);
        Assert.Equal([("server.echo", (string?)null)], scene.Readiness);
        var before = scene.ToKernel.Count;

        for (ushort number = 0; number < 20; number++)
        {
            scene.Arrive(
                KernelScene.FrameTo(0, number),
                scene.NowPs + (number * 5 * Picoseconds.PerMicrosecond));
        }

        scene.Run(Picoseconds.PerMillisecond);

        Assert.Equal(20, echo!.Count);
        Assert.Equal(20, scene.Wire.Count);
        Assert.Equal(before, scene.ToKernel.Count);
        Assert.Empty(scene.Kernel.Faults);
    }

    [Fact]
    public void At_boot_the_functions_appear_by_writes_to_the_configuration_space()
    {
        using var scene = new KernelScene(new SceneOptions
        {
            Kernel = new ArrakisOptions { VirtualFunctions = 5 },
        }).Start();
        Assert.Equal(0, scene.Card.VirtualFunctionCount);

        scene.Run(Picoseconds.PerMicrosecond);

        Assert.Equal(5, scene.Card.VirtualFunctionCount);
    }

    [Fact]
    public void A_call_takes_trap_call_pages_register_writes_and_return()
    {
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("caller", CorePlacement.Own, async program =>
            {
                program.Note();
                await program.Call(new Command.AllocateMemory(default, 7));
                program.Note();
                await program.Call(new Command.CreateCard(default, program.DomainHandle, 0, 1));
                program.Note();
                await program.Call(new Command.AllocateMemory(default, -1));
                program.Note();
            })
            .Start();

        scene.Run(Picoseconds.PerMillisecond);

        var notes = scene.Domain("caller").Programs[0].Notes;
        const long bare = KernelScene.TrapPs + KernelScene.CallPs + KernelScene.TrapReturnPs;
        // The registers are four pages, the address of the card three register writes.
        Assert.Equal(
            [bare + (7 * KernelScene.PagePs),
                bare + (4 * KernelScene.PagePs) + (3 * KernelScene.MmioWritePs), bare],
            notes.Zip(notes.Skip(1), (from, to) => to - from));
    }

    [Fact]
    public void On_an_x520_a_filter_is_reduced_to_address_and_vlan()
    {
        using var scene = new KernelScene(new SceneOptions())
            .Tenant("echo", CorePlacement.Own, async program =>
            {
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
                        Services = [9],
                    }));
                await program.Call(new Command.AssignFilter(
                    default, filter.Handle, program.Card, 0));
                await echo.Poll();
                await echo.Echo();
            })
            .Start();
        scene.Run(100 * Picoseconds.PerMicrosecond);
        Assert.Equal(1, scene.Card.FiltersInstalled);

        // To port 7, which the filter does not name: the library has to look.
        scene.Arrive(KernelScene.FrameTo(0), scene.NowPs);
        scene.Run(100 * Picoseconds.PerMicrosecond);

        Assert.Single(scene.Wire);
    }

    [Fact]
    public void Containers_beyond_the_kernels_memory_are_refused_in_words()
    {
        var scene = new KernelScene(new SceneOptions
        {
            Kernel = new ArrakisOptions { VirtualFunctions = 8, KernelFrames = 24 },
        });
        for (var tenant = 0; tenant < 6; tenant++)
            scene.Tenant($"many[{tenant}]", CorePlacement.Shared, Programs.Nothing);
        using var started = scene.Start();

        scene.Run(Picoseconds.PerMillisecond);

        Assert.NotEmpty(scene.Readiness);
        Assert.All(scene.Readiness, ready => Assert.Equal("out-of-memory", ready.Failure));
        Assert.Equal(6 - scene.Readiness.Count, scene.Kernel.ControlPlane.Containers().Count());
        Assert.Equal(
            scene.Readiness.Count, scene.Kernel.Refusals[RefusalReason.OutOfMemory]);
    }
}
