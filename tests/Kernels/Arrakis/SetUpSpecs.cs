using Disguise.Actors.Time;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
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
}
